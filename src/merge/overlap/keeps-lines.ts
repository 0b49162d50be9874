import { splitLines } from "../lines/split-lines.ts";
import type { ThreeOf } from "../lines/three-way.ts";
import type { MergedLines } from "./merge-lines.ts";

/**
 * Whether a merged text has every line that a side has and the other did not remove, and no more of one than
 * the sides account for: the last look at what the rules made. Spots aside, where a line may be of neither side; fences and the like aside, which
 * stand in many places by right.
 */
export function keepsLines({ base, yours, theirs }: ThreeOf<string>, { text, spots }: MergedLines): boolean {
  const counts = new Map<string, Count>();
  count(counts, "base", base, 1);
  count(counts, "yours", yours, 1);
  count(counts, "theirs", theirs, 1);
  count(counts, "merged", text, 1);
  for (const spot of spots) {
    for (const side of ["base", "yours", "theirs", "merged"] as const) count(counts, side, spot[side], -1);
  }
  for (const [line, one] of counts) {
    const isAdded = one.yours > one.base && one.theirs > one.base;
    const least =
      one.yours >= one.base && one.theirs >= one.base
        ? Math.max(one.yours, one.theirs)
        : one.yours + one.theirs - one.base;
    const most = isAdded ? one.yours + one.theirs - one.base : Math.max(one.yours, one.theirs);
    if ((one.merged < least || one.merged > most) && /\p{L}{2}/u.test(line)) return false;
  }
  return true;
}

type Count = Record<"base" | "yours" | "theirs" | "merged", number>;

function count(counts: Map<string, Count>, side: keyof Count, text: string, step: 1 | -1): void {
  for (const line of splitLines(text)) {
    const known = counts.get(line);
    if (known !== undefined) known[side] += step;
    else counts.set(line, { base: 0, yours: 0, theirs: 0, merged: 0, [side]: step });
  }
}
