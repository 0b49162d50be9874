// `npm run build`: src/ into dist/. It does nothing when dist/ was built from the same files, waits when
// another build is running, and puts the result in place as a whole, so that nobody meets half of it.
// `--force` builds in any case.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";
import { withFolderLock } from "./folder-lock.mjs";

const inputs = [
  "src/**/*",
  "scripts/bundle/*",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsdown.config.ts",
];
const stampName = ".inputs";

const root = fileURLToPath(new URL("..", import.meta.url));
const finished = join(root, "dist");
const fresh = join(root, "dist.next");
const previous = join(root, "dist.previous");

process.chdir(root);
await withFolderLock(join(root, ".building"), buildWhatChanged, () =>
  process.stderr.write("stet: another build is running in this folder; waiting for it\n"),
);

async function buildWhatChanged(): Promise<void> {
  const stamp = await hashInputs();
  if (!process.argv.includes("--force") && readStamp() === stamp) return;
  process.stderr.write("stet: building dist/\n");
  rmSync(fresh, { recursive: true, force: true });
  await build({ outDir: fresh, clean: false, logLevel: "warn", failOnWarn: true });
  writeFileSync(join(fresh, stampName), stamp);
  putInPlace();
}

async function hashInputs(): Promise<string> {
  const hash = createHash("sha256");
  const entries = await Array.fromAsync(glob(inputs, { cwd: root, withFileTypes: true }));
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths)
    hash.update(path.slice(root.length)).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

function readStamp(): string | undefined {
  const path = join(finished, stampName);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function putInPlace(): void {
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(finished)) renameSync(finished, previous);
  renameSync(fresh, finished);
  rmSync(previous, { recursive: true, force: true });
}
