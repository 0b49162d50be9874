import type { ThreeOf } from "../lines/three-way.ts";

/** Merges three versions of a table's row by cell; null where the columns differ or both changed the same cell. */
export function mergeRow(row: ThreeOf<string>): string | null {
  const base = cellsOf(row.base);
  const yours = cellsOf(row.yours);
  const theirs = cellsOf(row.theirs);
  if (base.length !== yours.length || base.length !== theirs.length) return null;
  const merged: string[] = [];
  for (const [index, theirCell] of theirs.entries()) {
    const yourCell = yours[index] ?? "";
    const baseCell = base[index] ?? "";
    if (yourCell !== theirCell && yourCell !== baseCell && theirCell !== baseCell) return null;
    merged.push(theirCell === baseCell ? yourCell : theirCell);
  }
  return merged.join("");
}

/** The cells of a row, each with the bar before it; joined they are the row. */
function cellsOf(row: string): readonly string[] {
  return row.split(/(?<!\\)(?=\|)/);
}
