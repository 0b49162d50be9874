import { StetError } from "../domain/errors.ts";
import { type BlobId, parseHashId } from "../domain/ids.ts";
import { decodeText } from "../formats/text-shape.ts";
import { blobId } from "../snapshot/hash.ts";
import { artifactAmong, readArtifactArgument } from "./artifact-argument.ts";
import { readBlob } from "./cat.ts";
import { conflictOf } from "./conflict-of.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { mergeFileEntries } from "./merge-files.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import { reading } from "./reading.ts";
import { record } from "./record.ts";
import { submittedBytes } from "./submitted-text.ts";
import { writing } from "./writing.ts";

export interface OpenedArtifact {
  readonly path: string;
  /** The blob that is edited: what `saveEdited` is given as `base`. */
  readonly version: BlobId;
  readonly text: string;
}

/** An artifact's main file as text to edit, and the version that the edit starts from. */
export async function openForEdit(
  environment: Environment,
  input: CallOptions & { readonly artifact: string },
): Promise<Answer<OpenedArtifact>> {
  return await reading(environment, input, async (bench) => {
    const artifact = artifactAmong(await bench.present(), readArtifactArgument(input.artifact));
    const file = artifact.main ?? artifact.files[0];
    if (file === undefined) throw notText(input.artifact, "It has no files.");
    const text = decodeText(await readBlob(bench, file.entry.blob, file.path));
    if (text === null) throw notText(file.path, "Its main file is not UTF-8 text.");
    return answer({ path: file.path, version: file.entry.blob, text }, { notices: bench.notices });
  });
}

export interface SaveEditedInput extends CallOptions {
  readonly artifact: string;
  /** The version that the edit started from. */
  readonly base: string;
  readonly text: string;
  readonly message?: string;
}

/**
 * Saves an edit against the version it started from: merged with what came since, or kept as a conflict in
 * which the present version stays in place. The submitted text is never lost (P4).
 */
export async function saveEdited(
  environment: Environment,
  input: SaveEditedInput,
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const reference = readArtifactArgument(input.artifact);
    const artifact = artifactAmong(await bench.present(), reference);
    const file = artifact.main ?? artifact.files[0];
    const blob = parseHashId<BlobId>(input.base);
    if (file === undefined || blob === undefined)
      throw notText(input.artifact, "The version to edit is not known.");
    const bytes = await submittedBytes(bench, file.path, input.text);
    const base = { ...file.entry, blob };
    const yours = { blob: blobId(bytes), mode: file.entry.mode, size: bytes.length };
    const sides = { path: file.path, base, yours, theirs: file.entry };
    const read = async (id: BlobId) => (id === yours.blob ? bytes : await bench.readBlob(id));
    const merged = await mergeFileEntries(sides, read);
    const isOverlap = merged.outcome === "overlap";
    const outcome = await record(bench, {
      kind: "save",
      message: input.message ?? null,
      reason: input.claims?.reason ?? null,
      edits: isOverlap ? [] : [{ path: file.path, after: merged.entry, bytes: merged.bytes ?? bytes }],
      ...(isOverlap
        ? {
            conflicts: (id) => [
              { ...conflictOf(bench, id, merged, bench.actor.name), yoursActor: bench.actor },
            ],
            keep: [{ kind: "blob", id: yours.blob, bytes }],
            evenIfEmpty: true,
          }
        : {}),
    });
    const needsDecision = outcome.conflicts.length > 0;
    return answer(outcome, {
      notices: bench.notices,
      needsDecision,
      next: needsDecision ? ["stet conflicts"] : ["stet undo"],
    });
  });
}

function notText(where: string, why: string): StetError {
  return new StetError({
    code: "E-INVALID",
    what: "It cannot be edited as text.",
    where,
    why,
    kept: "Nothing was changed.",
    fixes: [{ cmd: `stet cat ${where}`, summary: "print its bytes" }],
  });
}
