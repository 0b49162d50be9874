import { Interning } from "../lines/interning.ts";
import { eachOf, type Span, type ThreeOf, threeWay } from "../lines/three-way.ts";
import type { WorkBudget } from "../lines/work-budget.ts";
import { mergeRow } from "./merge-rows.ts";

/**
 * Merges three versions of a table by row; null where both changed the same one. How cells are padded is no change of
 * a row: a side that only drew the columns anew changed nothing, and its drawing stands where the other has none.
 */
export function mergeTable(rows: ThreeOf<readonly string[]>, budget: WorkBudget): string | null {
  const interning = new Interning();
  const numbers = eachOf((side) => interning.numbersOf(rows[side].map(unpadded)));
  const merged: string[] = [];
  for (const { changedBy, base, yours, theirs } of threeWay(numbers, budget)) {
    const [was, mine, other] = [
      within(rows.base, base),
      within(rows.yours, yours),
      within(rows.theirs, theirs),
    ];
    if (changedBy === "none")
      merged.push(...other.map((row, index) => (row === was[index] ? (mine[index] ?? row) : row)));
    else if (changedBy === "yours") merged.push(...mine);
    else if (changedBy === "theirs") merged.push(...other);
    else {
      const both = mergeRows({ base: was, yours: mine, theirs: other });
      if (both === null) return null;
      merged.push(...both);
    }
  }
  return merged.join("");
}

function mergeRows({ base, yours, theirs }: ThreeOf<readonly string[]>): readonly string[] | null {
  if (
    yours.length === theirs.length &&
    yours.every((row, index) => unpadded(row) === unpadded(theirs[index] ?? ""))
  ) {
    return theirs;
  }
  if (base.length !== yours.length || base.length !== theirs.length) return null;
  const merged = base.map((row, index) =>
    mergeRow({ base: row, yours: yours[index] ?? "", theirs: theirs[index] ?? "" }),
  );
  return merged.every((row) => row !== null) ? merged : null;
}

function within(rows: readonly string[], { start, end }: Span): readonly string[] {
  return rows.slice(start, end);
}

function unpadded(row: string): string {
  return row
    .trim()
    .replace(/[ \t]*(?<!\\)\|[ \t]*/g, "|")
    .replace(/-{2,}/g, "-");
}
