import type { Fix } from "../../domain/errors.ts";

/** `ok`: nothing to do; `note`: worth knowing; `warning`: something works otherwise than it looks; `error`: broken. */
export type CheckSeverity = "ok" | "note" | "warning" | "error";

/** One thing that was looked at, and what was found. */
export interface DoctorCheck {
  readonly code: DoctorCode;
  readonly severity: CheckSeverity;
  readonly message: string;
  /** A file, artifact or folder; null where it is about no one of them. */
  readonly where: string | null;
  readonly fix: Fix | null;
}

/** Everything that `doctor` looks at. */
const doctorCodes = [
  "D-NODE",
  "D-FILE-SYSTEM",
  "D-SETTINGS",
  "D-STORE",
  "D-STORE-PLACE",
  "D-JOURNAL",
  "D-CLOCK",
  "D-COLLECTION",
  "D-GIT-IGNORE",
  "D-GIT",
  "D-RUNTIME",
  "D-DUPLICATE",
  "D-OTHER",
  "D-TARGET",
  "D-BLOCKED",
  "D-NAME",
  "D-INVALID",
  "D-SECRET",
  "D-MARKERS",
  "D-LARGE",
  "D-LITTER",
] as const;
export type DoctorCode = (typeof doctorCodes)[number];

export function fine(code: DoctorCode, message: string): DoctorCheck {
  return { code, severity: "ok", message, where: null, fix: null };
}

/** What was found, or that nothing was. */
export function orFine(
  found: readonly DoctorCheck[],
  code: DoctorCode,
  message: string,
): readonly DoctorCheck[] {
  return found.length > 0 ? found : [fine(code, message)];
}
