import type { Box, SplitPoint } from "./middle-snake.ts";

/**
 * The longest run of pairs, in order on both sides, of values that stand once on each side of the box (the anchors of
 * the patience diff). Lines that say something are unique; blanks, fences and braces are not, so a change is not torn
 * apart at a brace that both sides happen to have. Values are small numbers, given out from 0.
 */
export function uniqueAnchors(one: Int32Array, other: Int32Array, box: Box): readonly SplitPoint[] {
  const inOne = onlyPlaces(one, box.oneStart, box.oneEnd);
  const inOther = onlyPlaces(other, box.otherStart, box.otherEnd);
  const pairs: SplitPoint[] = [];
  for (let place = box.oneStart; place < box.oneEnd; place++) {
    const value = one[place] ?? 0;
    const partner = inOther[value] ?? none;
    if (inOne[value] === place && partner >= 0) pairs.push({ one: place, other: partner });
  }
  return longestRising(pairs);
}

const none = -1;
const several = -2;

/** By value: where it stands, `none`, or `several`. */
function onlyPlaces(values: Int32Array, start: number, end: number): Int32Array {
  let most = 0;
  for (let place = start; place < end; place++) most = Math.max(most, values[place] ?? 0);
  const places = new Int32Array(most + 1).fill(none);
  for (let place = start; place < end; place++) {
    const value = values[place] ?? 0;
    places[value] = places[value] === none ? place : several;
  }
  return places;
}

/** The longest part of the pairs, which rise in `one`, that rises in `other` as well. */
function longestRising(pairs: readonly SplitPoint[]): readonly SplitPoint[] {
  const tops: number[] = [];
  const before = new Int32Array(pairs.length);
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.other ?? 0) < pair.other) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = index;
  }
  const run: SplitPoint[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) run.push(pair);
  }
  return run.reverse();
}
