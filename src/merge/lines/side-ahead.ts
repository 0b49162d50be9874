import { type Change, diffSequences } from "./diff-sequences.ts";
import type { ThreeOf } from "./three-way.ts";
import type { WorkBudget } from "./work-budget.ts";

/**
 * The side that holds all that the other changed, and went on from there; null where each has changes of its own. So a
 * text that was merged once merges with either of its sides to itself, however often its lines repeat.
 */
export function sideAhead(sequences: ThreeOf<Int32Array>, budget: WorkBudget): "yours" | "theirs" | null {
  const { base, yours, theirs } = sequences;
  const between = diffSequences(yours, theirs, budget);
  if (holdsChanges(base, yours, theirs, between, budget)) return "theirs";
  const back = between.map(({ oneStart, oneEnd, otherStart, otherEnd }) => ({
    oneStart: otherStart,
    oneEnd: otherEnd,
    otherStart: oneStart,
    otherEnd: oneEnd,
  }));
  return holdsChanges(base, theirs, yours, back, budget) ? "yours" : null;
}

/**
 * Whether `ahead` kept every value that `side` added, and has none of those back that `side` removed: not where they stood,
 * and of those that the base had once not anywhere.
 */
function holdsChanges(
  base: Int32Array,
  side: Int32Array,
  ahead: Int32Array,
  steps: readonly Change[],
  budget: WorkBudget,
): boolean {
  const changes = diffSequences(base, side, budget);
  const added = new Uint8Array(side.length);
  for (const { otherStart, otherEnd } of changes) added.fill(1, otherStart, otherEnd);
  const keepsAll = steps.every(({ oneStart, oneEnd }) => !added.subarray(oneStart, oneEnd).includes(1));
  if (!keepsAll) return false;
  const gone = valuesOnce(base);
  for (const value of side) gone.delete(value);
  if (ahead.some((value) => gone.has(value))) return false;
  return !bringsBack(base, ahead, changes, steps);
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

/** Whether a step adds, where a change removed something, a value that the change removed. */
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
      const removed = new Set(base.subarray(change.oneStart, change.oneEnd));
      if (ahead.subarray(step.otherStart, step.otherEnd).some((value) => removed.has(value))) return true;
    }
  }
  return false;
}
