import { diffSequences } from "../../../../src/merge/lines/diff-sequences.ts";
import { Interning } from "../../../../src/merge/lines/interning.ts";
import { splitLines } from "../../../../src/merge/lines/split-lines.ts";
import { mergeComparisonsMax, WorkBudget } from "../../../../src/merge/lines/work-budget.ts";

/** A stretch of a text that becomes another. Offsets in UTF-16 units, as editors count. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * What turns one text into another: for each line that differs between them its own change, so that what stands in the
 * others keeps its place. Null where they are equal.
 */
export function textChange(before: string, after: string): readonly TextChange[] | null {
  if (before === after) return null;
  const lines = splitLines(before);
  const others = splitLines(after);
  const budget = new WorkBudget(mergeComparisonsMax);
  const numbers = new Interning();
  const changes = diffSequences(numbers.numbersOf(lines), numbers.numbersOf(others), budget);
  const offsets = [0];
  for (const line of lines) offsets.push((offsets.at(-1) ?? 0) + line.length);
  return changes.map(({ oneStart, oneEnd, otherStart, otherEnd }) => ({
    from: offsets[oneStart] ?? 0,
    to: offsets[oneEnd] ?? 0,
    insert: others.slice(otherStart, otherEnd).join(""),
  }));
}
