import { diffSequences } from "../lines/diff-sequences.ts";
import { Interning } from "../lines/interning.ts";
import type { WorkBudget } from "../lines/work-budget.ts";

/**
 * The side that has every line of the other, in order, and more; null where each has a line that the other has not. Both made
 * the same change then, and one went on from there.
 */
export function longerOfNested(
  yours: readonly string[],
  theirs: readonly string[],
  budget: WorkBudget,
): "yours" | "theirs" | null {
  if (yours.length === theirs.length || yours.length === 0 || theirs.length === 0) return null;
  const interning = new Interning();
  const changes = diffSequences(interning.numbersOf(yours), interning.numbersOf(theirs), budget);
  if (changes.every(({ oneStart, oneEnd }) => oneStart === oneEnd)) return "theirs";
  return changes.every(({ otherStart, otherEnd }) => otherStart === otherEnd) ? "yours" : null;
}
