import { hash } from "node:crypto";

/** What may be wrong with what a third party sent, and what each means to whoever decides on it. */
export const trustCodes = {
  path: "a name that cannot be a path on every file system, or leaves its folder",
  twin: "names that some file systems take for one",
  link: "a link that leads out of the artifact",
  "special-file": "neither a file nor a link",
  limit: "more than stet takes in",
  secret: "what looks like a secret",
  "hidden-tags": "characters that no screen shows and a model reads as letters",
  "hidden-direction": "characters that make a line read otherwise than it is stored",
  "hidden-width": "characters without width where no script or emoji needs them",
  "hidden-control": "control characters in a text",
  "hidden-comment": "text that a page does not show and an agent reads",
  executable: "a file that can now be run",
  power: "a key that lets an agent do more",
  "power-unread": "keys that cannot be read, so that their powers cannot be compared",
  licence: "another licence",
  publisher: "another publisher",
  "moved-tag": "a tag that points to another commit than it did",
} as const;
export type TrustCode = keyof typeof trustCodes;

/** A line as it may be printed: what is hidden in it is spelled out as `\u{200B}`. */
export interface ShownLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface TrustFinding {
  readonly code: TrustCode;
  /** `refused`: cannot be taken in at all. `security`: a person decides, with a reason that is kept. */
  readonly severity: "security" | "refused";
  /** The file inside the artifact, fit for one line; empty where the artifact as a whole is meant. */
  readonly path: string;
  /** In the order of the file; at most `linesMax`. */
  readonly lines: readonly ShownLine[];
  /** Lines beyond those. They count for the fingerprint. */
  readonly moreLines: number;
  readonly message: string;
  /** 64 hex digits, the same for as long as the same is found in the same file: what an exception names. */
  readonly fingerprint: string;
}

/** Lines that a finding carries. */
const linesMax = 50;

/** Makes a finding. `evidence` is what was found, unescaped: an exception for it holds for nothing else. */
export function trustFinding(
  code: TrustCode,
  path: string,
  about: {
    readonly message: string;
    readonly lines?: readonly ShownLine[];
    readonly evidence: readonly string[];
    readonly severity?: TrustFinding["severity"];
  },
): TrustFinding {
  const { message, lines = [], evidence, severity = "security" } = about;
  return {
    code,
    severity,
    path: escapeHidden(path),
    lines: lines.slice(0, linesMax),
    moreLines: Math.max(0, lines.length - linesMax),
    message,
    fingerprint: hash("sha256", JSON.stringify([code, path, ...evidence]), "hex"),
  };
}

const unprintable = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Co}\ufff9-\ufffb]/gu;

/** The text with all that a terminal or page would not show spelled out; a tab stays. */
export function escapeHidden(text: string): string {
  return text.replace(unprintable, (character) =>
    character === "\t" ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}
