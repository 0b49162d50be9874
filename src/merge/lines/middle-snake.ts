import type { WorkBudget } from "./work-budget.ts";

/** Two sequences, and the part of each that is looked at. */
export interface Box {
  readonly oneStart: number;
  readonly oneEnd: number;
  readonly otherStart: number;
  readonly otherEnd: number;
}

/** A point through which a shortest edit path goes. */
export interface SplitPoint {
  readonly one: number;
  readonly other: number;
}

/** Worse than any place: a path that left the box goes nowhere. */
const nowhere = 2 ** 30;

/**
 * Finds where a shortest edit script can be cut in two, walking from both ends at once and in linear space
 * (Myers, "An O(ND) difference algorithm and its variations", 1986, section 4b).
 */
export class MiddleSnake {
  readonly #one: Int32Array;
  readonly #other: Int32Array;
  readonly #budget: WorkBudget;
  /** The furthest index into `one` on each diagonal (`one - other`), from the start and from the end. */
  readonly #forward: Int32Array;
  readonly #backward: Int32Array;
  /** Where diagonal 0 lies in both. */
  readonly #zero: number;

  constructor(one: Int32Array, other: Int32Array, budget: WorkBudget) {
    this.#one = one;
    this.#other = other;
    this.#budget = budget;
    this.#zero = other.length + 2;
    this.#forward = new Int32Array(one.length + other.length + 5);
    this.#backward = new Int32Array(one.length + other.length + 5);
  }

  /** The point; null where the budget is used up. The box begins and ends with values that differ. */
  find(box: Box): SplitPoint | null {
    const down = box.oneStart - box.otherStart;
    const up = box.oneEnd - box.otherEnd;
    const least = box.oneStart - box.otherEnd;
    const most = box.oneEnd - box.otherStart;
    const isOdd = ((down - up) & 1) !== 0;
    const ahead = { low: down, high: down };
    const behind = { low: up, high: up };
    this.#forward[this.#zero + down] = box.oneStart;
    this.#backward[this.#zero + up] = box.oneEnd;
    while (this.#budget.spend(ahead.high - ahead.low + behind.high - behind.low + 4)) {
      widen(ahead, least, most, this.#forward, this.#zero, -nowhere);
      const met = this.#walkForward(box, ahead, isOdd ? behind : null);
      if (met !== null) return met;
      widen(behind, least, most, this.#backward, this.#zero, nowhere);
      const joined = this.#walkBackward(box, behind, isOdd ? null : ahead);
      if (joined !== null) return joined;
    }
    return null;
  }

  #walkForward({ oneEnd, otherEnd }: Box, range: Range, behind: Range | null): SplitPoint | null {
    const forward = this.#forward;
    for (let diagonal = range.high; diagonal >= range.low; diagonal -= 2) {
      const place = this.#zero + diagonal;
      let one = Math.max(valueAt(forward, place - 1) + 1, valueAt(forward, place + 1));
      let other = one - diagonal;
      if (one < 0 || one > oneEnd || other > otherEnd) {
        forward[place] = -nowhere;
        continue;
      }
      const from = one;
      while (one < oneEnd && other < otherEnd && this.#one[one] === this.#other[other]) {
        one += 1;
        other += 1;
      }
      this.#budget.spend(one - from);
      forward[place] = one;
      if (behind === null || diagonal < behind.low || diagonal > behind.high) continue;
      if (valueAt(this.#backward, place) <= one) return { one, other };
    }
    return null;
  }

  #walkBackward({ oneStart, otherStart }: Box, range: Range, ahead: Range | null): SplitPoint | null {
    const backward = this.#backward;
    for (let diagonal = range.high; diagonal >= range.low; diagonal -= 2) {
      const place = this.#zero + diagonal;
      let one = Math.min(valueAt(backward, place - 1), valueAt(backward, place + 1) - 1);
      let other = one - diagonal;
      if (one >= nowhere / 2 || one < oneStart || other < otherStart) {
        backward[place] = nowhere;
        continue;
      }
      const from = one;
      while (one > oneStart && other > otherStart && this.#one[one - 1] === this.#other[other - 1]) {
        one -= 1;
        other -= 1;
      }
      this.#budget.spend(from - one);
      backward[place] = one;
      if (ahead === null || diagonal < ahead.low || diagonal > ahead.high) continue;
      if (one <= valueAt(this.#forward, place)) return { one, other };
    }
    return null;
  }
}

/** The diagonals that a walk has reached; every other one of them at a time. */
interface Range {
  low: number;
  high: number;
}

/** One diagonal more on either side, or one fewer where that would leave the box. */
function widen(range: Range, least: number, most: number, reached: Int32Array, zero: number, none: number) {
  if (range.low > least) {
    range.low -= 1;
    reached[zero + range.low - 1] = none;
  } else range.low += 1;
  if (range.high < most) {
    range.high += 1;
    reached[zero + range.high + 1] = none;
  } else range.high -= 1;
}

function valueAt(numbers: Int32Array, index: number): number {
  return numbers[index] ?? 0;
}
