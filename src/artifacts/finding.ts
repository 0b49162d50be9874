/** What is to be said of one artifact's text. `line` counts from 1, where it is known. */
export interface Finding {
  readonly code: FindingCode;
  /** `error`: no runtime loads it, or the profile refuses it. `warning`: some do not. `note`: worth knowing. */
  readonly severity: "error" | "warning" | "note";
  /** The artifact's file, as its inner path. */
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
}

export const findingCodes = [
  "name-path",
  "name-spec",
  "name-missing",
  "name-differs",
  "description-missing",
  "description-long",
  "main-missing",
  "main-case",
  "main-link",
  "encoding",
  "too-large",
  "frontmatter-missing",
  "frontmatter-invalid",
  "frontmatter-repaired",
  "field-unknown",
  "field-type",
  "field-long",
  "json-invalid",
  "body-empty",
  "body-long",
  "files-alike",
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** `lenient` never calls an error what a runtime loads; `spec` is the Agent Skills specification. */
export type ValidationProfile = "lenient" | "spec";
