import type { FormatDocument, OpenDocument } from "../../formats/format-value.ts";
import { isRecord } from "../../formats/format-value.ts";
import { byteOrderMark, textShape } from "../../formats/text-shape.ts";
import { MergeLedger } from "../merge-ledger.ts";
import type { MergeOptions, TextMerge } from "../merge-types.ts";
import type { ListKind } from "./list-kind.ts";
import { type CommentSides, commentsOf, hasChangedComments, mergeComments } from "./merge-comments.ts";
import { mergeValues } from "./merge-values.ts";
import { mergedLines } from "./merged-lines.ts";
import { withoutSharedBlocks } from "./shared-blocks.ts";
import { sameThere } from "./sides.ts";
import type { ValueMerger } from "./value-merger.ts";
import { type DataFormat, documentOf } from "./value-text.ts";
import { writeKeyByKey } from "./write-key-by-key.ts";
import { editedTheirs, type OpenDocuments } from "./write-merged.ts";

export interface DataMergeOptions extends Pick<MergeOptions, "choices" | "policy"> {
  readonly format: DataFormat;
  /** Stands before each `where`: empty, or `frontmatter: `. */
  readonly wherePrefix: string;
  /** The kind of the list at a path, where its key and content do not tell; null leaves it to them. */
  readonly listKinds?: (path: readonly string[]) => ListKind | null;
}

/**
 * Merges three versions of a data file by key path (R2). The result is their merge by lines where that reads as
 * exactly the merged value, and else theirs' text, edited at the paths and comments that yours changed; it is
 * always read again before it is returned. Line ends and BOM are theirs. Null where a version does not parse, or
 * has a key twice in one map: then only its lines can be merged.
 */
export function mergeData(
  base: string,
  yours: string,
  theirs: string,
  options: DataMergeOptions,
): TextMerge | null {
  const shared = options.format === "yaml" ? withoutSharedBlocks(base, yours, theirs) : null;
  const merged = shared === null ? null : mergeWhole(shared.base, shared.yours, shared.theirs, options);
  const restored = merged === null ? null : (shared?.restored(merged.text) ?? null);
  if (merged !== null && restored !== null) return { ...merged, text: restored };
  return mergeWhole(base, yours, theirs, options);
}

function mergeWhole(
  base: string,
  yours: string,
  theirs: string,
  options: DataMergeOptions,
): TextMerge | null {
  const document = documentOf(options.format);
  const texts = openTexts(document, options.format, { base, yours, theirs });
  if (texts === null) return null;
  const ledger = new MergeLedger(options);
  const comments = commentReader(texts);
  const merger: ValueMerger = {
    format: options.format,
    ledger,
    listKind: options.listKinds ?? (() => null),
    changedComments: (side, path) =>
      hasComments(texts) && hasChangedComments(comments().base, comments()[side], path),
    asked: [],
    merge: (spot, sides) => mergeValues(merger, spot, sides),
  };
  const root = { path: [], where: options.wherePrefix };
  const value = merger.merge(root, {
    base: texts.base.value,
    yours: texts.yours.value,
    theirs: texts.theirs.value,
  });
  const lines = mergedLines(texts.base.text, texts.yours.text, texts.theirs.text, "merge", () => null);
  let text = lines !== null && sameThere(document.open(lines)?.value, value) ? lines : null;
  if (text === null) {
    const edited =
      editedTheirs(document, texts, value) ?? writeKeyByKey(merger, document, texts, value, root);
    text = hasComments(texts)
      ? mergeComments(merger, document, edited.text, comments(), options.wherePrefix)
      : edited.text;
  }
  const mark = theirs.startsWith(byteOrderMark) ? byteOrderMark : "";
  return { text: mark + text, decisions: ledger.decisions, units: ledger.units };
}

/** The texts in the shape of theirs, without BOM. An empty document among maps is an empty map. */
function openTexts(
  document: FormatDocument,
  format: DataFormat,
  versions: { readonly base: string; readonly yours: string; readonly theirs: string },
): OpenDocuments | null {
  const { lineEnd } = textShape(versions.theirs);
  const opened = [versions.base, versions.yours, versions.theirs].map((version): OpenDocument | null => {
    const text = version.startsWith(byteOrderMark) ? version.slice(1) : version;
    const shaped = textShape(text).lineEnd === lineEnd ? text : text.replace(/\r?\n/g, () => lineEnd);
    const open = document.open(shaped);
    if (open === null || (format.startsWith("json") && open.hasDuplicateKeys())) return null;
    return open;
  });
  const isMap = opened.some((one) => isRecord(one?.value));
  const [base, yours, theirs] = opened.map((one) =>
    one !== null && isMap && one.value === null ? { ...one, value: {} } : one,
  );
  return base && yours && theirs ? { base, yours, theirs } : null;
}

function hasComments({ base, yours, theirs }: OpenDocuments): boolean {
  return [base, yours, theirs].some(({ text }) => /#|\/[/*]/.test(text));
}

/** The comments of all three, read when they are first asked for. */
function commentReader(texts: OpenDocuments): () => CommentSides {
  let read: CommentSides | null = null;
  return () => {
    read ??= {
      base: commentsOf(texts.base),
      yours: commentsOf(texts.yours),
      theirs: commentsOf(texts.theirs),
    };
    return read;
  };
}
