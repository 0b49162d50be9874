import { formatArtifact } from "../domain/artifact-kinds.ts";
import { isoFromMicros } from "../domain/clock.ts";
import { StetError } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { readArtifactArgument } from "./history/artifact-argument.ts";
import { type Answer, answer } from "./outcomes.ts";
import { submittedBytes } from "./record/submitted-text.ts";
import { onWorkbench } from "./workbench/workbench.ts";

/** What somebody is writing and has not saved, with the version that they began on. */
export interface ShownDraft {
  readonly artifact: string;
  readonly client: string;
  readonly base: string | null;
  readonly content: string;
  /** ISO 8601. */
  readonly at: string;
}

const draftsMax = 500;

/** The drafts of a collection, newest first; those of one artifact where it is named. */
export async function listDrafts(
  environment: Environment,
  input: CallOptions & { readonly artifact?: string },
): Promise<Answer<{ readonly drafts: readonly ShownDraft[] }>> {
  const wanted = input.artifact === undefined ? null : formatArtifact(readArtifactArgument(input.artifact));
  return await onWorkbench(environment, { ...input, reads: true }, async (bench) => {
    const all = await bench.store.checkouts.drafts(bench.collection);
    const drafts = all
      .filter(({ artifact }) => wanted === null || artifact === wanted)
      .map(({ artifact, client, base, text, at }) => {
        return { artifact, client, base, content: text, at: isoFromMicros(at) };
      });
    return answer({ drafts });
  });
}

/**
 * Keeps a draft in the place of the one before it of the same client. It survives a restart, and is no version.
 * Throws E-NAME, E-SECRET, E-INVALID and E-LIMIT.
 */
export async function putDraft(
  environment: Environment,
  input: CallOptions & Omit<ShownDraft, "at">,
): Promise<Answer<ShownDraft>> {
  const artifact = formatArtifact(readArtifactArgument(input.artifact));
  return await onWorkbench(environment, input, async (bench) => {
    const bytes = await submittedBytes(bench, artifact, input.content);
    const { store, collection } = bench;
    if (bytes.length > limits.parsedTextBytesMax)
      throw tooMuch(artifact, "The text is too long for a draft.");
    const others = (await store.checkouts.drafts(collection)).filter(
      (one) => one.artifact !== artifact || one.client !== input.client,
    );
    if (others.length >= draftsMax) throw tooMuch(artifact, `There are ${others.length} drafts already.`);
    const at = bench.environment.clock.now();
    const { client, base, content } = input;
    await store.checkouts.apply(
      { drafts: [{ collection, artifact, client, base, text: content, at }] },
      { durable: false },
    );
    return answer({ artifact, client, base, content, at: isoFromMicros(at) });
  });
}

/** Discards a draft: it was saved, or is not wanted. */
export async function dropDraft(
  environment: Environment,
  input: CallOptions & Pick<ShownDraft, "artifact" | "client">,
): Promise<Answer<null>> {
  const artifact = formatArtifact(readArtifactArgument(input.artifact));
  return await onWorkbench(environment, input, async ({ store, collection }) => {
    const { client } = input;
    await store.checkouts.apply({ dropDrafts: [{ collection, artifact, client }] }, { durable: false });
    return answer(null);
  });
}

function tooMuch(where: string, why: string): StetError {
  return new StetError({
    code: "E-LIMIT",
    what: "The draft was not kept.",
    where,
    why,
    kept: "The drafts before it are as they were.",
    fixes: [],
  });
}
