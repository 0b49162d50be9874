/**
 * Plants each fault in a temporary copy of the source and runs the tests that must notice it.
 *
 *     npm run test:mutants [-- <words of a fault>...]
 *
 * Prints for each which test failed. Ends with 1 where a fault is not noticed, where its text no longer fits, or
 * where the tests fail without any fault.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mutant } from "./mutant.ts";
import { mutants } from "./mutants.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const copied = ["src", "test", "package.json", "tsconfig.json"];
// Not the project's own configuration: what it prepares for all tests would be prepared again for each fault.
const configuration = `export default {
  test: { include: ["src/**/*.test.ts", "test/**/*.test.ts"], testTimeout: 60_000, pool: "forks" },
};
`;

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
  }[];
}

/** What a run of tests came to: how many passed, and the names of those that did not. */
interface Tally {
  readonly passed: number;
  readonly failed: readonly string[];
}

async function runTests(folder: string, { tests, name }: Pick<Mutant, "tests" | "name">): Promise<Tally> {
  const report = join(folder, "report.json");
  rmSync(report, { force: true });
  const words = [join(root, "node_modules/vitest/vitest.mjs"), "run", ...tests, "--bail=1"];
  words.push("--reporter=json", `--outputFile=${report}`, "--maxWorkers=1");
  if (name !== undefined) words.push("-t", name);
  await new Promise<void>((resolve) => {
    execFile(process.execPath, words, { cwd: folder, maxBuffer: 1 << 26 }, () => resolve());
  });
  return tallyOf(report);
}

function tallyOf(report: string): Tally {
  const { testResults }: Report = JSON.parse(readFileSync(report, "utf8"));
  const results = testResults.flatMap((one) => one.assertionResults);
  const failed = results.filter((one) => one.status === "failed").map((one) => one.title);
  const broken = testResults.filter((one) => one.assertionResults.length === 0).map((one) => one.message);
  return { passed: results.filter((one) => one.status === "passed").length, failed: [...failed, ...broken] };
}

/** Null where the tests noticed the fault; else what is wrong. */
async function plant(folder: string, mutant: Mutant): Promise<string | null> {
  const path = join(folder, mutant.file);
  const source = readFileSync(path, "utf8");
  const parts = source.split(mutant.text);
  if (parts.length !== 2) return `its text stands in ${mutant.file} ${parts.length - 1} times`;
  writeFileSync(path, parts.join(mutant.replacement));
  try {
    const { failed } = await runTests(folder, mutant);
    const [first] = failed;
    if (first === undefined) return `no test notices it (${mutant.tests.join(", ")})`;
    process.stdout.write(`${mutant.promise} ${mutant.bug}\n   noticed by: ${first.split("\n")[0]}\n`);
    return null;
  } finally {
    writeFileSync(path, source);
  }
}

/** Without a fault the same tests pass: else a failure would say nothing. */
async function checkSound(folder: string, chosen: readonly Mutant[]): Promise<readonly string[]> {
  const runs = Map.groupBy(chosen, ({ tests, name }) => JSON.stringify([tests, name]));
  const problems: string[] = [];
  process.stdout.write(`${runs.size} runs without a fault first\n`);
  for (const [one] of runs.values()) {
    if (one === undefined) continue;
    const { passed, failed } = await runTests(folder, one);
    const which = `${one.tests.join(", ")}${one.name === undefined ? "" : ` (${one.name})`}`;
    for (const name of failed) problems.push(`fails without a fault: ${which}: ${name}`);
    if (passed === 0 && failed.length === 0) problems.push(`no test of that name: ${which}`);
  }
  return problems;
}

const words = process.argv.slice(2);
const chosen = mutants.filter((one) => words.every((word) => `${one.promise} ${one.bug}`.includes(word)));
const folder = mkdtempSync(join(tmpdir(), "stet-mutants-"));
let problems: string[] = [];
try {
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, "vitest.config.ts"), configuration);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  problems = [...(await checkSound(folder, chosen))];
  for (const mutant of chosen) {
    const problem = await plant(folder, mutant);
    if (problem !== null) problems.push(`${mutant.promise} ${mutant.bug}: ${problem}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) process.stdout.write(`✗ ${problem}\n`);
process.stdout.write(`${chosen.length - problems.length} of ${chosen.length} planted faults are noticed\n`);
process.exitCode = problems.length > 0 || chosen.length === 0 ? 1 : 0;
