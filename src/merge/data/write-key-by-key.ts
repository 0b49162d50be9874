import type { FormatDocument, OpenDocument } from "../../formats/format-value.ts";
import { isRecord } from "../../formats/format-value.ts";
import { keySpot, type Spot, sameThere } from "./sides.ts";
import { askUnwritten, ownValue, type ValueMerger } from "./value-merger.ts";
import { editedTheirs, type OpenDocuments } from "./write-merged.ts";

/** For a text that cannot be edited as a whole: its top keys one by one, asking for those that cannot. */
export function writeKeyByKey(
  merger: ValueMerger,
  document: FormatDocument,
  texts: OpenDocuments,
  value: unknown,
  root: Spot,
): OpenDocument {
  const base = texts.base.value;
  const before = texts.theirs.value;
  if (!isRecord(before) || !isRecord(value)) {
    askUnwritten(merger, root, { base, yours: value, theirs: before });
    return texts.theirs;
  }
  let current = texts.theirs;
  for (const key of new Set([...Object.keys(before), ...Object.keys(value)])) {
    const yours = ownValue(value, key);
    const theirs = ownValue(before, key);
    if (sameThere(yours, theirs)) continue;
    const wanted = withKey(current.value, key, yours);
    const edited = editedTheirs(document, { ...texts, theirs: current }, wanted);
    if (edited !== null) current = edited;
    else {
      const inBase = isRecord(base) ? ownValue(base, key) : undefined;
      askUnwritten(merger, keySpot(root, key), { base: inBase, yours, theirs });
    }
  }
  return current;
}

function withKey(map: unknown, key: string, value: unknown): unknown {
  const others = Object.entries(isRecord(map) ? map : {}).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}
