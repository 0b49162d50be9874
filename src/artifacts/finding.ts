/** What is to be said of one artifact's files. `line` counts from 1, null where it is about no line. */
export interface Finding {
  readonly code: FindingCode;
  /**
   * `error`: the profile refuses it. `warning`: some runtime skips it, or reads it otherwise than it looks.
   * `note`: worth knowing.
   */
  readonly severity: Severity;
  /** The artifact's file, as its inner path. */
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
}

export type Severity = "error" | "warning" | "note";

export const findingCodes = [
  "name-path",
  "name-missing",
  "name-spec",
  "name-differs",
  "description-missing",
  "main-missing",
  "main-case",
  "main-link",
  "encoding",
  "too-large",
  "frontmatter-missing",
  "frontmatter-invalid",
  "frontmatter-repaired",
  "field-unknown",
  "field-missing",
  "field-type",
  "field-long",
  "json-invalid",
  "body-empty",
  "body-long",
  "files-alike",
] as const;
export type FindingCode = (typeof findingCodes)[number];

/**
 * `lenient` (import and apply) has no errors but for a name that is unsafe as a path: what a runtime may load is
 * kept, written and reported. `spec` (publishing) is the Agent Skills specification, and its like for other kinds.
 */
export type ValidationProfile = "lenient" | "spec";

/** How a profile speaks of what it would not have. */
export function refusalSeverity(profile: ValidationProfile): Severity {
  return profile === "spec" ? "error" : "warning";
}
