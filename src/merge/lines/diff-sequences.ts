import { type Box, MiddleSnake } from "./middle-snake.ts";
import { slideChanges } from "./slide-changes.ts";
import { uniqueAnchors } from "./unique-anchors.ts";
import type { WorkBudget } from "./work-budget.ts";

/** A stretch that differs: these of the one became those of the other. Never empty on both sides. */
export interface Change extends Box {}

/**
 * What changed from `one` to `other`: changes in order, with at least one equal value between two of them. Cuts both at
 * values unique to each, then finds the shortest script between the cuts. Linear space; where the budget is
 * used up, what is left between two cuts is one change.
 */
export function diffSequences(one: Int32Array, other: Int32Array, budget: WorkBudget): readonly Change[] {
  const marks = new ChangeMarks(one, other, budget);
  marks.compare();
  slideChanges(one, marks.removed);
  slideChanges(other, marks.added);
  return changesOf(marks.removed, marks.added);
}

class ChangeMarks {
  /** 1 for each value that the other sequence does not have there. */
  readonly removed: Uint8Array;
  readonly added: Uint8Array;
  readonly #one: Int32Array;
  readonly #other: Int32Array;
  readonly #budget: WorkBudget;
  #snake: MiddleSnake | null = null;

  constructor(one: Int32Array, other: Int32Array, budget: WorkBudget) {
    this.#one = one;
    this.#other = other;
    this.#budget = budget;
    this.removed = new Uint8Array(one.length);
    this.added = new Uint8Array(other.length);
  }

  compare(): void {
    const whole = this.#trimmed({
      oneStart: 0,
      oneEnd: this.#one.length,
      otherStart: 0,
      otherEnd: this.#other.length,
    });
    let { oneStart, otherStart } = whole;
    for (const anchor of uniqueAnchors(this.#one, this.#other, whole)) {
      this.#compareBox({ oneStart, oneEnd: anchor.one, otherStart, otherEnd: anchor.other });
      oneStart = anchor.one + 1;
      otherStart = anchor.other + 1;
    }
    this.#compareBox({ ...whole, oneStart, otherStart });
  }

  #compareBox(first: Box): void {
    const open = [first];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const box = this.#trimmed(next);
      const { oneStart, oneEnd, otherStart, otherEnd } = box;
      const split = oneStart < oneEnd && otherStart < otherEnd ? this.#split(box) : null;
      if (split === null) {
        this.removed.fill(1, oneStart, oneEnd);
        this.added.fill(1, otherStart, otherEnd);
        continue;
      }
      open.push({ oneStart: split.one, oneEnd, otherStart: split.other, otherEnd });
      open.push({ oneStart, oneEnd: split.one, otherStart, otherEnd: split.other });
    }
  }

  /** Null where nothing in the box is equal, or where finding out would cost too much. */
  #split(box: Box) {
    this.#snake ??= new MiddleSnake(this.#one, this.#other, this.#budget);
    const split = this.#snake.find(box);
    if (split === null) return null;
    const isStart = split.one === box.oneStart && split.other === box.otherStart;
    const isEnd = split.one === box.oneEnd && split.other === box.otherEnd;
    return isStart || isEnd ? null : split;
  }

  #trimmed(box: Box): Box {
    let { oneStart, oneEnd, otherStart, otherEnd } = box;
    while (oneStart < oneEnd && otherStart < otherEnd && this.#one[oneStart] === this.#other[otherStart]) {
      oneStart += 1;
      otherStart += 1;
    }
    while (
      oneStart < oneEnd &&
      otherStart < otherEnd &&
      this.#one[oneEnd - 1] === this.#other[otherEnd - 1]
    ) {
      oneEnd -= 1;
      otherEnd -= 1;
    }
    return { oneStart, oneEnd, otherStart, otherEnd };
  }
}

function changesOf(removed: Uint8Array, added: Uint8Array): readonly Change[] {
  const changes: Change[] = [];
  let one = 0;
  let other = 0;
  while (one < removed.length || other < added.length) {
    const oneStart = one;
    const otherStart = other;
    while (removed[one] === 1) one += 1;
    while (added[other] === 1) other += 1;
    if (one > oneStart || other > otherStart) {
      changes.push({ oneStart, oneEnd: one, otherStart, otherEnd: other });
    }
    one += 1;
    other += 1;
  }
  return changes;
}
