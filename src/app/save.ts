import { type ArtifactReference, formatArtifact } from "../domain/artifact-kinds.ts";
import { captureRoot, scanRoot } from "./capture/capture.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { artifactAmong, readArtifactArgument } from "./history/artifact-argument.ts";
import { artifactKey } from "./history/artifact-key.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

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
    if (only !== undefined) await requireKnown(bench, only);
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

/** An artifact that is neither in history nor on disk is a slip of the pen, not something without news. */
async function requireKnown(bench: Workbench, only: readonly ArtifactReference[]): Promise<void> {
  const { entries } = await bench.present();
  const onDisk = new Set([...(await scanRoot(bench)).files.keys()].map(artifactKey));
  for (const one of only) if (!onDisk.has(formatArtifact(one))) artifactAmong({ entries }, one);
}
