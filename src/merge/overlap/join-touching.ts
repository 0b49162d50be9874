import { eachOf, type Span, type Stretch } from "../lines/three-way.ts";
import { isMember, type LineKind } from "./line-kinds.ts";
import type { LinesOfThree } from "./overlap-parts.ts";

/**
 * Makes one overlap of changes that only touch, unless the lines on either side of the border stand for themselves: another
 * paragraph, another member of a list or a table.
 */
export function joinTouching(stretches: readonly Stretch[], { kinds }: LinesOfThree): readonly Stretch[] {
  const joined: Stretch[] = [];
  for (const next of stretches) {
    const last = joined.at(-1);
    const touches = last !== undefined && last.changedBy !== "none" && next.changedBy !== "none";
    if (!touches || isBorder(last, next, kinds)) joined.push(next);
    else {
      const spans = eachOf((side) => ({ start: last[side].start, end: next[side].end }));
      joined[joined.length - 1] = { changedBy: "both", ...spans };
    }
  }
  return joined;
}

function isBorder(last: Stretch, next: Stretch, kinds: LinesOfThree["kinds"]): boolean {
  if (last.changedBy === "both" || next.changedBy === "both") return false;
  // What one side added to lines that the other removed has lost what it belongs to.
  if ((isEmpty(next.base) && isRemoval(last)) || (isEmpty(last.base) && isRemoval(next))) return false;
  const above = kindsWithin(last, kinds).at(-1);
  const below = kindsWithin(next, kinds).at(0);
  if (above === "blank" || below === "blank") return true;
  // So has a member that was added to a list which the other side rewrote.
  const isAddition = isEmpty(last.base) || isEmpty(next.base);
  const isRewritten = ![last, next].every((stretch) => isEmpty(stretch.base) || isLineForLine(stretch));
  return isMember(above) && isMember(below) && !(isAddition && isRewritten);
}

function isRemoval(stretch: Stretch): boolean {
  return isEmpty(stretch[stretch.changedBy === "yours" ? "yours" : "theirs"]);
}

function isLineForLine(stretch: Stretch): boolean {
  const { start, end } = stretch[stretch.changedBy === "yours" ? "yours" : "theirs"];
  return end - start === stretch.base.end - stretch.base.start;
}

/** What a stretch's lines are, as the side has them that changed it, or else as they were. */
function kindsWithin(stretch: Stretch, kinds: LinesOfThree["kinds"]): readonly LineKind[] {
  const own = stretch.changedBy === "yours" ? "yours" : "theirs";
  const side = isEmpty(stretch[own]) ? "base" : own;
  return kinds[side].slice(stretch[side].start, stretch[side].end);
}

export function isEmpty({ start, end }: Span): boolean {
  return start === end;
}
