import { type Change, diffSequences } from "./diff-sequences.ts";
import { numbersOfThree } from "./interning.ts";
import { splitLines } from "./split-lines.ts";
import { type BothChanges, bothChanges, eachOf, type ThreeOf } from "./three-way.ts";
import type { WorkBudget } from "./work-budget.ts";

/**
 * The side that holds all that the other changed, and went on from there; null where each has changes of its own. So a
 * text that was merged once merges with either of its sides to itself, however often its lines repeat.
 */
export function sideAhead(
  { base, yours, theirs }: ThreeOf<Int32Array>,
  changes: BothChanges,
  budget: WorkBudget,
): "yours" | "theirs" | null {
  if (isAhead({ base, side: yours, ahead: theirs }, changes.yours, budget)) return "theirs";
  return isAhead({ base, side: theirs, ahead: yours }, changes.theirs, budget) ? "yours" : null;
}

/** The same of three texts. */
export function textAhead(texts: ThreeOf<string>, budget: WorkBudget): "yours" | "theirs" | null {
  const numbers = numbersOfThree(eachOf((side) => splitLines(texts[side])));
  return sideAhead(numbers, bothChanges(numbers, budget), budget);
}

interface Pair {
  readonly base: Int32Array;
  readonly side: Int32Array;
  readonly ahead: Int32Array;
}

/**
 * Whether `ahead` kept every value that `side` added, and has none of those back that `side` removed: not where they stood,
 * and of those that the base had once not anywhere. What costs little is asked first.
 */
function isAhead(pair: Pair, changes: readonly Change[], budget: WorkBudget): boolean {
  const { base, side, ahead } = pair;
  const missing = new Set<number>();
  for (const { otherStart, otherEnd } of changes) {
    for (const value of side.subarray(otherStart, otherEnd)) missing.add(value);
  }
  for (const value of ahead) missing.delete(value);
  if (missing.size > 0) return false;
  const gone = valuesOnce(base);
  for (const value of side) gone.delete(value);
  if (ahead.some((value) => gone.has(value))) return false;
  const steps = diffSequences(side, ahead, budget);
  const added = new Uint8Array(side.length);
  for (const { otherStart, otherEnd } of changes) added.fill(1, otherStart, otherEnd);
  const keepsAll = steps.every(({ oneStart, oneEnd }) => !added.subarray(oneStart, oneEnd).includes(1));
  return keepsAll && !bringsBack(base, ahead, changes, steps);
}

function valuesOnce(sequence: Int32Array): Set<number> {
  const once = new Set<number>();
  const seen = new Set<number>();
  for (const value of sequence) {
    if (seen.has(value)) once.delete(value);
    else once.add(value);
    seen.add(value);
  }
  return once;
}

/**
 * Whether a step adds, where a change removed something, a value that the change removed; or adds anything where the change
 * only removed: that is removed by one side and rewritten by the other.
 */
function bringsBack(
  base: Int32Array,
  ahead: Int32Array,
  changes: readonly Change[],
  steps: readonly Change[],
): boolean {
  let at = 0;
  for (const step of steps) {
    while ((changes[at]?.otherEnd ?? step.oneStart) < step.oneStart) at += 1;
    for (let next = at; next < changes.length; next++) {
      const change = changes[next];
      if (change === undefined || change.otherStart > step.oneEnd) break;
      if (step.oneStart === step.oneEnd && change.otherStart === change.otherEnd) return true;
      const removed = new Set(base.subarray(change.oneStart, change.oneEnd));
      if (ahead.subarray(step.otherStart, step.otherEnd).some((value) => removed.has(value))) return true;
    }
  }
  return false;
}
