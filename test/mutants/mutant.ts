/** A deliberate bug: one exact text of the source, and what it is replaced by. */
export interface Mutant {
  /** The promise that it breaks. */
  readonly promise: "P1" | "P2" | "P3" | "P4" | "P5" | "P6" | "P7";
  readonly bug: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
  /** The smallest tests that must notice. */
  readonly tests: readonly string[];
  /** Only the tests with this in their name. */
  readonly name?: string;
}
