import { expect, test } from "vitest";
import { summarize } from "../../scripts/ci-totals.ts";

const report = (numPassedTests: number, numFailedTests: number) =>
  JSON.stringify({
    numPassedTests,
    numFailedTests,
    numPendingTests: 0,
    testResults: [
      {
        name: "a.test.ts",
        status: numFailedTests === 0 ? "passed" : "failed",
        assertionResults: [{ status: numFailedTests === 0 ? "passed" : "failed", fullName: "adds" }],
      },
    ],
  });
const good = {
  report: report(3, 0),
  checks: "checks: 6 passed, 0 failed\n",
  testsStatus: 0,
  checksStatus: 0,
};
const lastLine = (outcome: typeof good) => summarize(outcome).lines.at(-1);

test("tests and checks are counted together", () => {
  expect(lastLine(good)).toBe("9 passed, 0 failed");
  expect(summarize(good).failed).toBe(0);
});

test("failures are counted and named", () => {
  const outcome = {
    report: report(2, 1),
    checks: "checks: 4 passed, 2 failed\n",
    testsStatus: 1,
    checksStatus: 1,
  };
  expect(lastLine(outcome)).toBe("6 passed, 3 failed");
  expect(summarize(outcome).lines).toContain("failed: a.test.ts: adds");
});

test.each([
  ["no report", { ...good, report: "" }],
  ["no tests", { ...good, report: report(0, 0) }],
  ["a runner that failed after its tests passed", { ...good, testsStatus: 1 }],
  ["checks that crashed", { ...good, checks: "", checksStatus: 1 }],
  ["checks that never ran", { ...good, checks: "" }],
])("%s never ends in 0 failed", (_name, outcome) => {
  expect(summarize(outcome).failed).toBeGreaterThan(0);
  expect(lastLine(outcome)).not.toMatch(/ 0 failed$/);
});
