import type { ErrorCode } from "./error-codes.ts";

/** A command that helps, and what it does. Safest first in every list. */
export interface Fix {
  readonly cmd: string;
  readonly summary: string;
}

/** The five slots of every error, and its code. */
export interface ErrorSlots {
  readonly code: ErrorCode;
  /** What could not be done, in one sentence. */
  readonly what: string;
  /** The file, artifact or object it is about; never a path outside the collection in an HTTP answer. */
  readonly where: string;
  readonly why: string;
  /** What was done or preserved all the same. */
  readonly kept: string;
  readonly fixes: readonly Fix[];
}

/**
 * The one class of errors. Expected outcomes (a conflict, a stale version) are values in a union instead;
 * this is for what stops an operation.
 */
export class StetError extends Error implements ErrorSlots {
  override readonly name = "StetError";
  readonly code: ErrorCode;
  readonly what: string;
  readonly where: string;
  readonly why: string;
  readonly kept: string;
  readonly fixes: readonly Fix[];

  constructor(slots: ErrorSlots, options?: { readonly cause?: unknown }) {
    super(`${slots.what} (${slots.why})`, options);
    this.code = slots.code;
    this.what = slots.what;
    this.where = slots.where;
    this.why = slots.why;
    this.kept = slots.kept;
    this.fixes = slots.fixes;
  }
}

/** Stops where an invariant of the program itself does not hold: a defect, never bad input. */
export function invariant(holds: boolean, what: string): asserts holds {
  if (holds) return;
  throw new StetError({
    code: "E-INTERNAL",
    what: "stet stopped because its own state made no sense.",
    where: what,
    why: "This is a defect of stet, not of your files.",
    kept: "Nothing was written after this point.",
    fixes: [{ cmd: "stet verify", summary: "check the store" }],
  });
}
