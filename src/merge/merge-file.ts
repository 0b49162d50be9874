import { isSymlink } from "../domain/files.ts";
import { decodeText, encodeText } from "../formats/text-shape.ts";
import { merge } from "./merge.ts";
import type { FileBytes, MergedFile, MergeFile, MergeInput, MergeResult, Overlap } from "./merge-port.ts";
import type { MergeDecision, MergedRule, MergeOptions, MergeUnit, OverlapRule } from "./merge-types.ts";
import { textFormatOf } from "./text-format.ts";

/** Without a format the ending of the path tells it. */
type FileMergeOptions = Partial<MergeOptions>;

/**
 * The merge of files behind the port: equal sides (R0) and one-sided changes (R1) go through, bytes and mode each for
 * itself; texts that both sides changed are merged inside. A file as a whole is the spot where one side has none, both
 * are new, or it is no text.
 */
export function mergeFileWith(options: FileMergeOptions): MergeFile {
  return async (input) => {
    const { base, yours, theirs } = input;
    if (sameFile(yours, theirs)) return merged(theirs, [{ rule: "R0", where: "" }]);
    if (sameFile(base, yours)) return merged(theirs, [{ rule: "R1", where: "" }]);
    if (sameFile(base, theirs)) return merged(yours, [{ rule: "R1", where: "" }]);
    if (yours === null || theirs === null) return wholeFile("X2", input, options);
    if (base === null) {
      return wholeFile(sameBytes(yours.bytes, theirs.bytes) ? "X5" : "X3", input, options);
    }
    return mergeChanged({ ...input, base, yours, theirs }, options);
  };
}

interface ChangedFile extends MergeInput {
  readonly base: FileBytes;
  readonly yours: FileBytes;
  readonly theirs: FileBytes;
}

/** Both sides changed a file that all three have. */
function mergeChanged(input: ChangedFile, options: FileMergeOptions): MergeResult {
  const { base, yours, theirs } = input;
  const links = [base, yours, theirs].map(({ mode }) => isSymlink(mode));
  // The bytes of a symlink are where it points, those of a file what it holds: neither goes into the other.
  if (links.includes(true) && links.includes(false)) return wholeFile("X5", input, options);
  const mode = chosen(base.mode, yours.mode, theirs.mode, (one, other) => one === other);
  if (mode === undefined) return wholeFile("X5", input, options);
  const modeDecision: MergeDecision = { rule: mode.rule, where: "mode" };
  const bytes = chosen(base.bytes, yours.bytes, theirs.bytes, sameBytes);
  if (bytes !== undefined) {
    return merged({ bytes: bytes.value, mode: mode.value }, [{ rule: bytes.rule, where: "" }, modeDecision]);
  }
  if (links.includes(true)) return wholeFile("X1", input, options);
  const inside = mergeInside(input, options);
  if (inside === null) return wholeFile("X5", input, options);
  const decisions = [...inside.decisions, modeDecision];
  const [first] = inside.units;
  if (first === undefined) return merged({ bytes: inside.bytes, mode: mode.value }, decisions);
  return { status: "overlap", rule: first.rule, units: inside.units, decisions };
}

interface MergedBytes {
  readonly bytes: Uint8Array;
  readonly decisions: readonly MergeDecision[];
  readonly units: readonly MergeUnit[];
}

/** Null where one of the three is no text. */
function mergeInside(
  { path, base, yours, theirs }: ChangedFile,
  options: FileMergeOptions,
): MergedBytes | null {
  const texts = [base, yours, theirs].map(({ bytes }) => decodeText(bytes));
  const [baseText, yourText, theirText] = texts;
  if (typeof baseText !== "string" || typeof yourText !== "string" || typeof theirText !== "string")
    return null;
  const sides = { base: baseText, yours: yourText, theirs: theirText };
  const { text, decisions, units } = merge(sides, {
    ...options,
    format: options.format ?? textFormatOf(path),
  });
  const bytes = encodeText(text);
  return bytes === null ? null : { bytes, decisions, units };
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

function merged(file: FileBytes | null, decisions: readonly MergeDecision[]): MergedFile {
  return { status: "merged", file, decisions };
}

/** The file is the spot; a policy can say which side's it becomes. */
function wholeFile(
  rule: OverlapRule,
  { yours, theirs }: MergeInput,
  { policy }: FileMergeOptions,
): MergedFile | Overlap {
  const took = policy?.({ where: "", keyPath: null });
  if (took !== "yours" && took !== "theirs") return { status: "overlap", rule, units: [], decisions: [] };
  return merged(took === "yours" ? yours : theirs, [{ rule, where: "", settled: { by: "policy", took } }]);
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
