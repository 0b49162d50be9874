import type { FormatDocument } from "../../formats/format-value.ts";
import { isRecord } from "../../formats/format-value.ts";
import { keySpot, type Spot, sameThere } from "./sides.ts";
import { askUnwritten, ownValue, type ValueMerger } from "./value-merger.ts";
import { editedTheirs, type OpenTexts } from "./write-merged.ts";

/** For a text that cannot be edited as a whole: its top keys one by one, asking for those that cannot. */
export function writeKeyByKey(
  merger: ValueMerger,
  document: FormatDocument,
  texts: OpenTexts,
  value: unknown,
  root: Spot,
): string {
  const base = texts.base.opened.value;
  const before = texts.theirs.opened.value;
  if (!isRecord(before) || !isRecord(value)) {
    askUnwritten(merger, root, { base, yours: value, theirs: before });
    return texts.theirs.text;
  }
  let current = texts.theirs;
  for (const key of new Set([...Object.keys(before), ...Object.keys(value)])) {
    const yours = ownValue(value, key);
    const theirs = ownValue(before, key);
    if (sameThere(yours, theirs)) continue;
    const wanted = withKey(current.opened.value, key, yours);
    const text = editedTheirs(document, { ...texts, theirs: current }, wanted);
    const opened = text === null ? null : document.open(text);
    if (text !== null && opened !== null) current = { text, opened };
    else {
      const inBase = isRecord(base) ? ownValue(base, key) : undefined;
      askUnwritten(merger, keySpot(root, key), { base: inBase, yours, theirs });
    }
  }
  return current.text;
}

function withKey(map: unknown, key: string, value: unknown): unknown {
  const others = Object.entries(isRecord(map) ? map : {}).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}
