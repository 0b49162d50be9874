import { formatArtifact } from "../../domain/artifact-kinds.ts";
import type { CallOptions, Environment } from "../environment.ts";
import type { Submission, SubmissionOutcome } from "./submission.ts";

/** Saves many texts of different artifacts at once. */
export type SubmitTexts = (
  environment: Environment,
  options: CallOptions,
  submissions: readonly Submission[],
) => Promise<readonly SubmissionOutcome[]>;

interface Waiting {
  readonly submission: Submission;
  readonly resolve: (outcome: SubmissionOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Texts that are saved together at most: a writer of another process gets its turn between two groups. */
const groupMax = 64;

/**
 * Saves that arrive while others are under way wait for them, and then go together: under one lock, after one look at
 * the disk, in one transaction.
 *
 * Invariants: saves of one artifact keep their order, and no two of them go together; each is told its own outcome.
 */
export class SaveQueue {
  readonly #submit: SubmitTexts;
  readonly #lines = new Map<string, Waiting[]>();

  constructor(submit: SubmitTexts) {
    this.#submit = submit;
  }

  submit(environment: Environment, options: CallOptions, submission: Submission): Promise<SubmissionOutcome> {
    const scope = options.scope === undefined ? {} : { scope: options.scope };
    const key = `${environment.workingFolder}\n${options.scope ?? ""}`;
    return new Promise((resolve, reject) => {
      const line = this.#lines.get(key);
      const waiting = { submission, resolve, reject };
      if (line !== undefined) {
        line.push(waiting);
        return;
      }
      const own = [waiting];
      this.#lines.set(key, own);
      void this.#run(key, own, environment, scope);
    });
  }

  async #run(key: string, line: Waiting[], environment: Environment, options: CallOptions): Promise<void> {
    while (line.length > 0) {
      const group = takeGroup(line);
      try {
        const outcomes = await this.#submit(
          environment,
          options,
          group.map((one) => one.submission),
        );
        for (const [index, one] of group.entries()) {
          const outcome = outcomes[index];
          if (outcome === undefined) one.reject(new RangeError("a submission without an outcome"));
          else one.resolve(outcome);
        }
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    this.#lines.delete(key);
  }
}

/** Takes the first of each artifact out of the line. */
function takeGroup(line: Waiting[]): readonly Waiting[] {
  const taken = new Map<string, Waiting>();
  for (const one of line) {
    if (taken.size === groupMax) break;
    const key = formatArtifact(one.submission.artifact);
    if (!taken.has(key)) taken.set(key, one);
  }
  const group = [...taken.values()];
  const rest = line.filter((one) => !group.includes(one));
  line.splice(0, line.length, ...rest);
  return group;
}
