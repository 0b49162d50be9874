// `npm start [-- <folder>]`: a short story on a copy of examples/ (or of the given project). Every command is
// run as a user would run it, as a child process of the built program, and its real output is shown. The copy
// stays. Ends with 1 unless `verify` is clean and undo brought the bytes back.

import { cpSync, existsSync, mkdirSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DemoStage } from "./demo/demo-stage.ts";
import { tellStory } from "./demo/demo-story.ts";

const repository = fileURLToPath(new URL("..", import.meta.url));
const given = process.argv[2];
// npm runs scripts in the package's folder and says in INIT_CWD where it was called.
const source =
  given === undefined ? join(repository, "examples") : resolve(process.env.INIT_CWD ?? "", given);

process.exitCode = main();

function main(): number {
  if (!existsSync(source) || !statSync(source).isDirectory()) {
    process.stderr.write(`There is no folder at ${source}.\n`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "stet-demo-"));
  const project = join(folder, given === undefined ? "quayside-lamps" : basename(source));
  // Left out: a git worktree's pointer to the original, and what steers no agent but weighs gigabytes.
  cpSync(source, project, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/[/\\](\.git|node_modules)$/.test(path),
  });
  mkdirSync(join(folder, "home"));
  const problems = tellStory(new DemoStage(join(repository, "bin", "stet.mjs"), folder, project));
  for (const problem of problems) process.stderr.write(`FAILED  ${problem}\n`);
  process.stdout.write(`\nThe project and its store stay in ${folder}\nLook around:  cd ${project}\n`);
  return problems.length === 0 ? 0 : 1;
}
