import { diffSequences } from "../../../../src/merge/lines/diff-sequences.ts";
import { Interning } from "../../../../src/merge/lines/interning.ts";
import { mergeComparisonsMax, WorkBudget } from "../../../../src/merge/lines/work-budget.ts";

/** A stretch of a text as a difference shows it. */
export interface MarkedPart {
  readonly mark: "same" | "added" | "removed";
  readonly text: string;
}

/** What changed from one text to another, by words. The parts that are not removed are the other text. */
export function wordDifference(before: string, after: string): readonly MarkedPart[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const numbers = new Interning();
  const changes = diffSequences(
    numbers.numbersOf(old),
    numbers.numbersOf(fresh),
    new WorkBudget(mergeComparisonsMax),
  );
  const parts: MarkedPart[] = [];
  const push = (mark: MarkedPart["mark"], words: readonly string[]) => {
    if (words.length > 0) parts.push({ mark, text: words.join("") });
  };
  let at = 0;
  for (const { oneStart, oneEnd, otherStart, otherEnd } of changes) {
    push("same", fresh.slice(at, otherStart));
    push("removed", old.slice(oneStart, oneEnd));
    push("added", fresh.slice(otherStart, otherEnd));
    at = otherEnd;
  }
  push("same", fresh.slice(at));
  return parts;
}

/** Words, and what stands between them. */
function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}
