import { type Change, diffSequences } from "../../../../src/merge/lines/diff-sequences.ts";
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
  const changes = joined(
    diffSequences(numbers.numbersOf(old), numbers.numbersOf(fresh), new WorkBudget(mergeComparisonsMax)),
    fresh,
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

/** What stands between two changes and is shorter than this is shown as a part of them: islands of "a" help nobody. */
const islandLengthMax = 3;

function joined(changes: readonly Change[], fresh: readonly string[]): readonly Change[] {
  const kept: Change[] = [];
  for (const change of changes) {
    const before = kept.at(-1);
    const island =
      before === undefined ? null : fresh.slice(before.otherEnd, change.otherStart).join("").trim();
    if (before === undefined || island === null || island.length > islandLengthMax) {
      kept.push(change);
      continue;
    }
    kept[kept.length - 1] = { ...before, oneEnd: change.oneEnd, otherEnd: change.otherEnd };
  }
  return kept;
}

/** Words, and what stands between them. */
function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}
