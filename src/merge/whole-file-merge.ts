import { isSymlink } from "../domain/files.ts";
import type { FileBytes, MergedFile, MergeFile, MergeResult, Overlap } from "./merge-port.ts";
import type { MergeDecision, MergedRule, OverlapRule } from "./merge-types.ts";

/**
 * Merges a file as a whole: equal sides (R0) and one-sided changes (R1) go through, bytes and mode each for
 * itself; anything else is one conflict. What the rules inside a file will refine.
 */
export const wholeFileMerge: MergeFile = async ({ base, yours, theirs }): Promise<MergeResult> => {
  if (sameFile(yours, theirs)) return merged(theirs, "R0");
  if (sameFile(base, yours)) return merged(theirs, "R1");
  if (sameFile(base, theirs)) return merged(yours, "R1");
  if (yours === null || theirs === null) return overlap("X2");
  if (base === null) return overlap(sameBytes(yours.bytes, theirs.bytes) ? "X5" : "X3");
  return mergeChanged(base, yours, theirs);
};

/** Both sides changed a file that all three have. */
function mergeChanged(base: FileBytes, yours: FileBytes, theirs: FileBytes): MergeResult {
  const links = new Set([base, yours, theirs].map((file) => isSymlink(file.mode)));
  // The bytes of a symlink are where it points, those of a file what it holds: neither goes into the other.
  if (links.size > 1) return overlap("X5");
  const mode = chosen(base.mode, yours.mode, theirs.mode, (one, other) => one === other);
  const bytes = chosen(base.bytes, yours.bytes, theirs.bytes, sameBytes);
  if (bytes === undefined) return overlap([yours, theirs].every(isText) ? "X1" : "X5");
  if (mode === undefined) return overlap("X5");
  const decisions: readonly MergeDecision[] = [
    { rule: bytes.rule, where: "" },
    { rule: mode.rule, where: "mode" },
  ];
  return { status: "merged", file: { bytes: bytes.value, mode: mode.value }, decisions };
}

/** The side that changed, or the one value of both; undefined where both changed it differently. */
function chosen<Value>(
  base: Value,
  yours: Value,
  theirs: Value,
  same: (one: Value, other: Value) => boolean,
): { readonly value: Value; readonly rule: MergedRule } | undefined {
  if (same(yours, theirs)) return { value: theirs, rule: "R0" };
  if (same(base, yours)) return { value: theirs, rule: "R1" };
  if (same(base, theirs)) return { value: yours, rule: "R1" };
  return undefined;
}

function merged(file: FileBytes | null, rule: MergedRule): MergedFile {
  return { status: "merged", file, decisions: [{ rule, where: "" }] };
}

function overlap(rule: OverlapRule): Overlap {
  return { status: "overlap", rule, units: [], decisions: [] };
}

function sameFile(one: FileBytes | null, other: FileBytes | null): boolean {
  if (one === null || other === null) return one === other;
  return one.mode === other.mode && sameBytes(one.bytes, other.bytes);
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  return one.every((byte, index) => byte === other[index]);
}

/** Text is UTF-8 without NUL. */
function isText(file: FileBytes): boolean {
  if (file.bytes.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(file.bytes);
    return true;
  } catch {
    return false;
  }
}
