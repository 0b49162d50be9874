import { splitLines } from "../lines/split-lines.ts";
import type { MergedLines } from "./merge-lines.ts";

/**
 * Whether a merged text has every line that a side has and the other did not remove, none that one removed and the other
 * left alone, and no more of one than the sides account for: the last look at what the rules made. What is equal in all versions need not be counted; nor spots, where
 * a line may be of neither side; nor fences and the like, which stand in many places by right.
 */
export function keepsLines({ oneSided }: Pick<MergedLines, "oneSided">): boolean {
  const counts = new Map<string, Count>();
  for (const stretch of oneSided) {
    for (const side of ["base", "yours", "theirs", "merged"] as const) count(counts, side, stretch[side]);
  }
  for (const [line, one] of counts) {
    const isAdded = one.yours > one.base && one.theirs > one.base;
    const least =
      one.yours >= one.base && one.theirs >= one.base
        ? Math.max(one.yours, one.theirs)
        : one.yours + one.theirs - one.base;
    const isRemoved = Math.max(one.yours, one.theirs) <= one.base;
    const most = isAdded || isRemoved ? one.yours + one.theirs - one.base : Math.max(one.yours, one.theirs);
    if ((one.merged < least || one.merged > most) && /\p{L}{2}/u.test(line)) return false;
  }
  return true;
}

type Count = Record<"base" | "yours" | "theirs" | "merged", number>;

function count(counts: Map<string, Count>, side: keyof Count, text: string): void {
  for (const line of splitLines(text)) {
    const known = counts.get(line);
    if (known !== undefined) known[side] += 1;
    else counts.set(line, { base: 0, yours: 0, theirs: 0, merged: 0, [side]: 1 });
  }
}
