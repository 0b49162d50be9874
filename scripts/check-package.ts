// `npm run package`: packs the package once and has publint and "are the types wrong" look at that very
// tarball, since a folder can be right where its tarball is not.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const allowedFile = /^(bin\/|dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/;

const folder = mkdtempSync(join(tmpdir(), "stet-package-"));
try {
  process.exitCode = checkTarball() ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function checkTarball(): boolean {
  if (run("npm", ["run", "--silent", "build"]) === undefined) return false;
  const answer = run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder]);
  if (answer === undefined) return false;
  const [packed]: { filename: string; files: { path: string }[] }[] = packedList(answer);
  if (packed === undefined) throw new Error("npm pack named no tarball");
  const strangers = packed.files.map((file) => file.path).filter((path) => !allowedFile.test(path));
  for (const path of strangers) process.stdout.write(`not meant to be published: ${path}\n`);
  const tarball = join(folder, packed.filename);
  const publint = run("npx", ["--no-install", "publint", "run", tarball, "--strict"]);
  const types = run("npx", ["--no-install", "attw", tarball, "--profile", "esm-only"]);
  process.stdout.write(`${publint ?? ""}${types ?? ""}`);
  return strangers.length === 0 && publint !== undefined && types !== undefined;
}

// npm 11 prints a list, npm 12 an object by package name.
function packedList(json: string): { filename: string; files: { path: string }[] }[] {
  return Object.values(JSON.parse(json));
}

/** What the command printed on stdout, or nothing when it failed; then its output has been shown. */
function run(command: string, words: readonly string[]): string | undefined {
  const answer = spawnSync(command, words, {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (answer.status === 0) return answer.stdout;
  process.stdout.write(`${answer.stdout}${answer.stderr}\n`);
  return undefined;
}
