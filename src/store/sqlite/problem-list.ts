import { StetError } from "../../domain/errors.ts";
import type { StoreProblem } from "../history-store.ts";

/** Collects what is wrong. A check that cannot go on says so and leaves the others to go on. */
export class ProblemList {
  readonly problems: StoreProblem[] = [];

  add(code: string, what: string, where: string): void {
    this.problems.push({ code, what, where });
  }

  /** Runs one check; what it throws is one more problem. */
  guard(where: string, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (error instanceof StetError) this.add(error.code, `${error.what} (${error.why})`, error.where);
      else this.add("E-STORE-DAMAGED", error instanceof Error ? error.message : String(error), where);
    }
  }
}
