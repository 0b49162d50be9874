import { type FileEntry, regularMode } from "../domain/files.ts";
import { blobId } from "../snapshot/hash.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { readArtifactArgument } from "./history/artifact-argument.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import { freePath } from "./record/free-path.ts";
import { newArtifactText } from "./record/new-artifact-text.ts";
import { record } from "./record/record.ts";
import { submittedBytes } from "./record/submitted-text.ts";
import { writing } from "./workbench/writing.ts";

export interface CreateInput extends CallOptions {
  readonly artifact: string;
  /** The main file's text; absent for a short beginning. */
  readonly content?: string;
  readonly message?: string;
}

/** Makes a new artifact with one file. Throws E-NAME, E-EXISTS and E-SECRET. */
export async function createArtifact(
  environment: Environment,
  input: CreateInput,
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const reference = readArtifactArgument(input.artifact);
    const path = await freePath(bench, reference);
    const bytes = await submittedBytes(bench, path, input.content ?? newArtifactText(reference));
    const after: FileEntry = { blob: blobId(bytes), mode: regularMode, size: bytes.length };
    const outcome = await record(bench, {
      kind: "save",
      message: input.message ?? null,
      reason: input.claims?.reason ?? null,
      edits: [{ path, after, bytes }],
    });
    return answer(outcome, { notices: bench.notices, next: [`stet edit ${input.artifact}`, "stet sync"] });
  });
}
