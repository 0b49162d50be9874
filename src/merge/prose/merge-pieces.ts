import { Interning } from "../lines/interning.ts";
import { type Span, type ThreeOf, threeWay } from "../lines/three-way.ts";
import type { WorkBudget } from "../lines/work-budget.ts";

/** A part of a line or a paragraph that stands for itself. Two with the same key say the same. */
export interface Piece {
  readonly key: string;
  readonly text: string;
}

/** Merges three lists of pieces; null where both sides changed the same one, or how the same one is written. */
export function mergePieces(pieces: ThreeOf<readonly Piece[]>, budget: WorkBudget): readonly Piece[] | null {
  const interning = new Interning();
  const keysOf = (side: readonly Piece[]) => interning.numbersOf(side.map(({ key }) => key));
  const keys = { base: keysOf(pieces.base), yours: keysOf(pieces.yours), theirs: keysOf(pieces.theirs) };
  const merged: Piece[] = [];
  for (const { changedBy, base, yours, theirs } of threeWay(keys, budget)) {
    const sides = { base: within(pieces.base, base), yours: within(pieces.yours, yours) };
    const theirPieces = within(pieces.theirs, theirs);
    if (changedBy === "yours") merged.push(...sides.yours);
    else if (changedBy === "theirs") merged.push(...theirPieces);
    else {
      const both = mergeOneByOne({ ...sides, theirs: theirPieces });
      if (both === null) return null;
      merged.push(...both);
    }
  }
  return merged;
}

/** As many pieces on each side: each for itself. */
function mergeOneByOne({ base, yours, theirs }: ThreeOf<readonly Piece[]>): readonly Piece[] | null {
  const merged: Piece[] = [];
  if (yours.length !== theirs.length) return null;
  for (const [index, theirPiece] of theirs.entries()) {
    const was = base.length === theirs.length ? base[index] : undefined;
    const one = mergePiece(was, yours[index] ?? theirPiece, theirPiece);
    if (one === null) return null;
    merged.push(one);
  }
  return merged;
}

/** The piece that is not as it was; of two that say the same, the one that is written anew. Null where both are. */
function mergePiece(base: Piece | undefined, yours: Piece, theirs: Piece): Piece | null {
  if (yours.text === theirs.text || yours.text === base?.text) return theirs;
  if (theirs.text === base?.text) return yours;
  if (yours.key === theirs.key) return null;
  if (yours.key === base?.key) return theirs;
  return theirs.key === base?.key ? yours : null;
}

function within<Value>(values: readonly Value[], { start, end }: Span): readonly Value[] {
  return values.slice(start, end);
}
