// The end of .ci/run: what the tests and the checks came to, and the exit code.
// Arguments: vitest's JSON report, the output of `npm run check`, and the exit codes of both.

import { existsSync, readFileSync } from "node:fs";
import { summarize } from "./ci-totals.ts";

const [reportPath = "", checksPath = "", testsStatus = "1", checksStatus = "1"] = process.argv.slice(2);
const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");

const { lines, failed } = summarize({
  report: read(reportPath),
  checks: read(checksPath),
  testsStatus: Number(testsStatus),
  checksStatus: Number(checksStatus),
});
process.stdout.write(`\n${lines.join("\n")}\n`);
process.exitCode = failed === 0 ? 0 : 1;
