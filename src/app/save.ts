import { readArtifactArgument } from "./artifact-argument.ts";
import { captureRoot } from "./capture.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import { writing } from "./writing.ts";

export interface SaveInput extends CallOptions {
  /** `skill/pdf`; absent for everything that changed. */
  readonly artifacts?: readonly string[];
  readonly message?: string;
}

/**
 * Captures what changed on disk and gives it the caller's message and actor, as one operation. Nothing new is
 * not an error: the operation is then null.
 */
export async function save(environment: Environment, input: SaveInput = {}): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, { ...input, captureFirst: false }, async (bench) => {
    const only = input.artifacts?.map(readArtifactArgument);
    const outcome = await captureRoot(bench, {
      kind: "save",
      actor: bench.actor,
      message: input.message ?? null,
      reason: input.claims?.reason ?? null,
      loss: input.yes === true ? "record" : "refuse",
      ...(only === undefined || only.length === 0 ? {} : { only }),
    });
    const next = outcome.operation === null ? [] : ["stet status", "stet undo"];
    return answer(outcome, { notices: bench.notices, next });
  });
}
