import type { FindingCode, Severity } from "../../../../src/artifacts/finding.ts";
import { textFindings } from "../../../../src/artifacts/text-problems.ts";
import { parsePath } from "../../../../src/domain/paths.ts";

/** What is to be said of a text while it is written. */
export interface TextProblem {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** From 1; null where it is about no line. */
  readonly line: number | null;
  readonly message: string;
}

/** By the same rules as on the server, for the main file of an artifact. */
export function findProblems(path: string, text: string): readonly TextProblem[] {
  const parsed = parsePath(path);
  if (parsed === undefined) return [];
  return textFindings(parsed, text).map(({ code, severity, line, message }) => ({
    code,
    severity,
    line,
    message,
  }));
}
