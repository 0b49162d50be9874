/**
 * A bound on comparisons, shared by all parts of one merge. It counts work, not time, so that a merge comes out the
 * same on every machine.
 */
export class WorkBudget {
  #left: number;

  constructor(comparisonsMax: number) {
    this.#left = comparisonsMax;
  }

  /** False where the budget is used up; the work must then be left undone. */
  spend(comparisons: number): boolean {
    this.#left -= comparisons;
    return this.#left >= 0;
  }
}

/** About a third of a second on a slow core, where a text is nothing but repeated lines in another order. */
export const mergeComparisonsMax = 6_000_000;
