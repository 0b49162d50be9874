import type { ArtifactItem, TargetStateValue } from "../../../src/http/schemas/artifact.ts";
import type { DriftState } from "../api/artifact-list.ts";

/** One artifact with its copies in the order of the columns; null where it has none at a target. */
export interface MatrixRow {
  readonly artifact: ArtifactItem;
  readonly cells: readonly (TargetStateValue | null)[];
  readonly haystack: string;
}

export interface Matrix {
  readonly targets: readonly string[];
  readonly rows: readonly MatrixRow[];
}

/** Every artifact by every target that any of them has a copy at. */
export function matrixOf(artifacts: readonly ArtifactItem[]): Matrix {
  const targets = [...new Set(artifacts.flatMap((one) => one.targets.map(({ target }) => target)))].sort();
  const rows = artifacts.map((artifact): MatrixRow => {
    const byTarget = new Map(artifact.targets.map((one) => [one.target, one]));
    return {
      artifact,
      cells: targets.map((target) => byTarget.get(target) ?? null),
      haystack: `${artifact.kind}/${artifact.name}`.toLowerCase(),
    };
  });
  return { targets, rows };
}

/** How many copies are in each state; states without a copy are left out. */
export function countStates(rows: readonly MatrixRow[]): ReadonlyMap<DriftState, number> {
  const counts = new Map<DriftState, number>();
  for (const { cells } of rows) {
    for (const cell of cells) if (cell !== null) counts.set(cell.state, (counts.get(cell.state) ?? 0) + 1);
  }
  return counts;
}

/** The rows whose name holds every word, and of which a copy is in the state, where one is given. */
export function filterMatrix(
  rows: readonly MatrixRow[],
  text: string,
  state: DriftState | null,
): readonly MatrixRow[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    ({ haystack, cells }) =>
      wanted.every((word) => haystack.includes(word)) &&
      (state === null || cells.some((cell) => cell?.state === state)),
  );
}

/** A cell by its place. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell; null for keys that do not move. Never outside of the matrix. */
export function moveCell(from: Cell, key: string, size: { rows: number; columns: number }): Cell | null {
  const page = 20;
  const moves = new Map<string, Cell>([
    ["ArrowUp", { row: from.row - 1, column: from.column }],
    ["ArrowDown", { row: from.row + 1, column: from.column }],
    ["ArrowLeft", { row: from.row, column: from.column - 1 }],
    ["ArrowRight", { row: from.row, column: from.column + 1 }],
    ["PageUp", { row: from.row - page, column: from.column }],
    ["PageDown", { row: from.row + page, column: from.column }],
    ["Home", { row: from.row, column: 0 }],
    ["End", { row: from.row, column: size.columns - 1 }],
  ]);
  const to = moves.get(key);
  if (to === undefined) return null;
  const within = (value: number, count: number) => Math.max(0, Math.min(value, count - 1));
  return { row: within(to.row, size.rows), column: within(to.column, size.columns) };
}
