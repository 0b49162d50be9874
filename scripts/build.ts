// `npm run build`: src/ into dist/, and the page of web/ into dist/web/. A part that was built from the same files
// is taken over as it is; where both are, nothing is done. It waits when another build is running, and puts the
// result in place as a whole, so that nobody meets half of it. `--force` builds both in any case.

import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withFolderLock } from "./folder-lock.mjs";

/** What is built by itself: from which files, and where it lies in dist/. */
interface Part {
  readonly name: "program" | "page";
  readonly inputs: readonly string[];
  /** Builds into the folder `dist`. */
  build(dist: string): Promise<void>;
  /** Whether a path below dist/ belongs to it. */
  owns(path: string): boolean;
}

const stampName = ".inputs";
const isOfPage = (path: string) => /^web([\\/]|$)/.test(path);

const parts: readonly Part[] = [
  {
    name: "program",
    inputs: [
      "src/**/*",
      "scripts/bundle/*",
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      "tsdown.config.ts",
    ],
    owns: (path) => !isOfPage(path),
    async build(dist) {
      const { build } = await import("tsdown");
      await build({ outDir: dist, clean: false, logLevel: "warn", failOnWarn: true });
    },
  },
  {
    name: "page",
    // The page takes pure code from src/ as well: what cannot change it is the same wherever it is looked at.
    inputs: [
      "web/**/*",
      "src/{domain,formats,merge,artifacts}/**/*",
      "scripts/bundle/*",
      "package-lock.json",
    ],
    owns: isOfPage,
    async build(dist) {
      // A test runner that builds first says "test" here, and React would be the one for development, twice the size.
      process.env.NODE_ENV = "production";
      const { build } = await import("vite");
      await build({
        configFile: join(root, "web", "vite.config.ts"),
        logLevel: "warn",
        build: { outDir: join(dist, "web") },
      });
    },
  },
];

const root = fileURLToPath(new URL("..", import.meta.url));
const finished = join(root, "dist");
const fresh = join(root, "dist.next");
const previous = join(root, "dist.previous");

process.chdir(root);
await withFolderLock(join(root, ".building"), buildWhatChanged, () =>
  process.stderr.write("stet: another build is running in this folder; waiting for it\n"),
);

async function buildWhatChanged(): Promise<void> {
  const before = readStamps();
  const stamps = Object.fromEntries(
    await Promise.all(parts.map(async (part) => [part.name, await hashInputs(part)] as const)),
  );
  const force = process.argv.includes("--force");
  const changed = parts.filter(({ name }) => force || stamps[name] !== before[name]);
  if (changed.length === 0) return;
  process.stderr.write(
    `stet: building ${changed.map(({ name }) => `the ${name}`).join(" and ")} into dist/\n`,
  );
  rmSync(fresh, { recursive: true, force: true });
  for (const part of parts) {
    if (changed.includes(part)) await part.build(fresh);
    else takeOver(part);
  }
  writeFileSync(join(fresh, stampName), JSON.stringify(stamps));
  putInPlace();
}

function takeOver(part: Part): void {
  cpSync(finished, fresh, {
    recursive: true,
    filter: (path) => path === finished || part.owns(path.slice(finished.length + 1)),
  });
}

async function hashInputs({ inputs }: Part): Promise<string> {
  const hash = createHash("sha256");
  const entries = await Array.fromAsync(
    glob([...inputs], { cwd: root, withFileTypes: true, exclude: (entry) => entry.name === "node_modules" }),
  );
  const paths = entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths)
    hash.update(path.slice(root.length)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

/** By the name of a part, what it was built from; nothing where dist/ was not built by this program. */
function readStamps(): Readonly<Record<string, unknown>> {
  const path = join(finished, stampName);
  if (!existsSync(path)) return {};
  try {
    const stamps: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof stamps === "object" && stamps !== null ? { ...stamps } : {};
  } catch {
    return {};
  }
}

function putInPlace(): void {
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(finished)) renameSync(finished, previous);
  renameSync(fresh, finished);
  rmSync(previous, { recursive: true, force: true });
}
