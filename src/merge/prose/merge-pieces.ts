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
    const yourPieces = within(pieces.yours, yours);
    const theirPieces = within(pieces.theirs, theirs);
    if (changedBy === "yours") merged.push(...yourPieces);
    else if (changedBy === "theirs") merged.push(...theirPieces);
    else {
      if (changedBy === "both" && !sameKeys(yourPieces, theirPieces)) return null;
      for (const [index, theirPiece] of theirPieces.entries()) {
        const yourPiece = yourPieces[index] ?? theirPiece;
        const written = changedBy === "both" ? undefined : within(pieces.base, base)[index];
        const one = sameWritten(written, yourPiece, theirPiece);
        if (one === null) return null;
        merged.push(one);
      }
    }
  }
  return merged;
}

/** Of two that say the same, the one that is not as it was in the base; null where neither is. */
function sameWritten(base: Piece | undefined, yours: Piece, theirs: Piece): Piece | null {
  if (yours.text === theirs.text || yours.text === base?.text) return theirs;
  return theirs.text === base?.text ? yours : null;
}

function sameKeys(some: readonly Piece[], others: readonly Piece[]): boolean {
  return some.length === others.length && some.every(({ key }, index) => key === others[index]?.key);
}

function within<Value>(values: readonly Value[], { start, end }: Span): readonly Value[] {
  return values.slice(start, end);
}
