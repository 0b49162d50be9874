// `npm run check`: every check that is not a test. All of them run, also after one has failed, so that one
// run tells everything. The last line counts them.

import { spawnSync } from "node:child_process";

const checks: readonly { readonly script: string; readonly proves: string }[] = [
  { script: "lint", proves: "style and likely mistakes" },
  { script: "types", proves: "types" },
  { script: "layers", proves: "the order of the rooms in src/" },
  { script: "unused", proves: "no file, export or dependency without a use" },
  { script: "package", proves: "the packed package, as other tools resolve it" },
  { script: "size", proves: "size limits" },
];

const failed: string[] = [];
for (const { script, proves } of checks) {
  process.stdout.write(`\n--- ${script}: ${proves}\n`);
  const started = performance.now();
  const answer = spawnSync("npm", ["run", "--silent", script], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (answer.status !== 0) failed.push(script);
  process.stdout.write(`--- ${script}: ${answer.status === 0 ? "passed" : "FAILED"} in ${seconds} s\n`);
}

if (failed.length > 0) process.stdout.write(`\nfailed: ${failed.join(", ")}\n`);
process.stdout.write(`checks: ${checks.length - failed.length} passed, ${failed.length} failed\n`);
if (failed.length > 0) process.exitCode = 1;
