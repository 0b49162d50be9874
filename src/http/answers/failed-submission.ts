import type { FailedText } from "../../app/submit/submission.ts";

/** A save that could not even be compared, on its way to the answer: with where its text is kept. */
export class FailedSubmission extends Error {
  override readonly name = "FailedSubmission";
  readonly failed: FailedText;

  constructor(failed: FailedText) {
    super(failed.error.message, { cause: failed.error });
    this.failed = failed;
  }
}
