import { eachOf, type ThreeOf, threeWay } from "../lines/three-way.ts";
import type { WorkBudget } from "../lines/work-budget.ts";

export interface MergedOrder {
  readonly rows: readonly number[];
  /** Those that stand behind others only because both sides added at the same place. */
  readonly arbitrary: readonly number[];
}

/**
 * Merges the order of sections: what one side moved, added or removed stands as on that side; what both added at the same
 * place as in theirs, then yours. Null where both sides moved the same sections about.
 */
export function mergeOrder(order: ThreeOf<readonly number[]>, budget: WorkBudget): MergedOrder | null {
  const merged: number[] = [];
  const arbitrary: number[] = [];
  for (const stretch of threeWay(
    eachOf((side) => Int32Array.from(order[side])),
    budget,
  )) {
    const yours = order.yours.slice(stretch.yours.start, stretch.yours.end);
    const theirs = order.theirs.slice(stretch.theirs.start, stretch.theirs.end);
    if (stretch.changedBy === "yours") merged.push(...yours);
    else if (stretch.changedBy !== "both") merged.push(...theirs);
    else {
      const isSame = yours.length === theirs.length && yours.every((row, index) => row === theirs[index]);
      if (stretch.base.start < stretch.base.end && !isSame) return null;
      const added = mergeAdded({ yours, theirs }, budget);
      if (added === null) return null;
      merged.push(...added.rows);
      arbitrary.push(...added.arbitrary);
    }
  }
  return new Set(merged).size === merged.length ? { rows: merged, arbitrary } : null;
}

/** What both sides added at the same place, some of it alike. */
function mergeAdded(
  { yours, theirs }: { readonly yours: readonly number[]; readonly theirs: readonly number[] },
  budget: WorkBudget,
): MergedOrder | null {
  const common = theirs.filter((row) => yours.includes(row));
  if (common.length > 0) return mergeOrder({ base: common, yours, theirs }, budget);
  return { rows: [...theirs, ...yours], arbitrary: theirs.length > 0 ? yours : [] };
}

/** The order of a side with these rows of the base put back where they stood. */
export function withRows(
  side: readonly number[],
  missing: readonly number[],
  base: readonly number[],
): readonly number[] {
  const all = [...side];
  for (const row of missing) {
    const before = base.slice(0, base.indexOf(row)).findLast((one) => all.includes(one));
    all.splice(before === undefined ? 0 : all.indexOf(before) + 1, 0, row);
  }
  return all;
}
