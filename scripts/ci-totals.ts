export interface RunOutcome {
  /** vitest's JSON report, or an empty text when it wrote none. */
  readonly report: string;
  /** The output of `npm run check`. */
  readonly checks: string;
  readonly testsStatus: number;
  readonly checksStatus: number;
}

interface Totals {
  readonly passed: number;
  readonly failed: number;
}

interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/**
 * The closing lines of a run. A part that failed without naming a failure (a crash, an unreadable report,
 * no tests at all) counts as one failure, so that the last line never says "0 failed" of a bad run.
 */
export function summarize(outcome: RunOutcome): {
  readonly lines: readonly string[];
  readonly failed: number;
} {
  const report = parseReport(outcome.report);
  const tests = countTests(report, outcome.testsStatus);
  const checks = countChecks(outcome.checks, outcome.checksStatus);
  const passed = tests.passed + checks.passed;
  const failed = tests.failed + checks.failed;
  return {
    lines: [
      ...failures(report),
      `tests:  ${tests.passed} passed, ${tests.failed} failed, ${report?.numPendingTests ?? 0} skipped, in ${report?.testResults.length ?? 0} files`,
      `checks: ${checks.passed} passed, ${checks.failed} failed`,
      `${passed} passed, ${failed} failed`,
    ],
    failed,
  };
}

function parseReport(text: string): TestReport | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function countTests(report: TestReport | undefined, status: number): Totals {
  const passed = report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  const isBad = status !== 0 || passed === 0;
  return { passed, failed: isBad ? Math.max(failed, 1) : failed };
}

function countChecks(output: string, status: number): Totals {
  const match = /^checks: (\d+) passed, (\d+) failed$/m.exec(output);
  const passed = Number(match?.[1] ?? 0);
  const failed = Number(match?.[2] ?? 0);
  const isBad = status !== 0 || passed === 0;
  return { passed, failed: isBad ? Math.max(failed, 1) : failed };
}

function failures(report: TestReport | undefined): string[] {
  return (report?.testResults ?? [])
    .filter((file) => file.status === "failed")
    .flatMap((file) => {
      const failed = file.assertionResults.filter((test) => test.status === "failed");
      return failed.length === 0
        ? [`failed: ${file.name}`]
        : failed.map((test) => `failed: ${file.name}: ${test.fullName}`);
    });
}
