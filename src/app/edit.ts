import { placeOfArtifact } from "../artifacts/artifact-path.ts";
import { StetError } from "../domain/errors.ts";
import { type FileEntry, regularMode } from "../domain/files.ts";
import { type BlobId, parseHashId } from "../domain/ids.ts";
import { limits } from "../domain/limits.ts";
import { decodeText } from "../formats/text-shape.ts";
import { blobId } from "../snapshot/hash.ts";
import { readBlob } from "./cat.ts";
import type { CallOptions, Environment, MergingOptions } from "./environment.ts";
import { artifactAmong, readArtifactArgument } from "./history/artifact-argument.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import { conflictOf } from "./record/conflict-of.ts";
import { fileMerge } from "./record/file-merge.ts";
import { refuseMaskedSecrets } from "./record/masked-secrets.ts";
import { type FileSides, type MergedEntry, mergeFileEntries, type Overlap } from "./record/merge-files.ts";
import { record } from "./record/record.ts";
import { submittedBytes } from "./record/submitted-text.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

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

export interface SaveEditedInput extends MergingOptions {
  readonly artifact: string;
  /** The version that the edit started from. */
  readonly base: string;
  readonly text: string;
  readonly message?: string;
}

/**
 * Saves an edit against the version it started from: merged with what came since, or kept as a conflict in
 * which the present version stays in place. The submitted text is never lost (P4): also where the artifact is
 * gone by now, its file cannot be written, or the version it started from is not known, it is kept in a conflict.
 */
export async function saveEdited(
  environment: Environment,
  input: SaveEditedInput,
): Promise<Answer<ChangeOutcome>> {
  let attempts = 0;
  return await writing(environment, input, async (bench) => {
    const isLast = ++attempts >= limits.restlessReadsMax;
    const { sides, bytes } = await submittedEdit(bench, input);
    const yours = sides.yours.blob;
    const merged = await mergeFileEntries(fileMerge(bench.located.file, input), sides, async (id) =>
      id === yours ? bytes : await bench.readBlob(id),
    );
    const outcome =
      merged.outcome === "overlap"
        ? await keepAsConflict(bench, input, merged, bytes)
        : await recordOrKeep(bench, input, { ...sides, ...merged, isLast }, bytes);
    const needsDecision = outcome.conflicts.length > 0;
    return answer(outcome, {
      notices: bench.notices,
      needsDecision,
      next: needsDecision ? ["stet conflicts"] : ["stet undo"],
    });
  });
}

interface SubmittedEdit {
  readonly sides: FileSides & { readonly yours: FileEntry };
  readonly bytes: Uint8Array;
}

async function submittedEdit(bench: Workbench, input: SaveEditedInput): Promise<SubmittedEdit> {
  const blob = parseHashId<BlobId>(input.base);
  if (blob === undefined) throw notText(input.artifact, "The version to edit is not known.");
  const { path, theirs, refusal } = await editedFile(bench, input.artifact);
  const [known] = await bench.store.history.inspect([blob]);
  if (refusal !== null && known?.state !== "present") throw refusal;
  const mode = theirs?.mode ?? regularMode;
  const base = known?.state === "present" ? { blob, mode, size: known.size } : null;
  const bytes = await submittedBytes(bench, path, input.text);
  await refuseMaskedSecrets(bench, path, bytes, [base, theirs]);
  const yours = { blob: blobId(bytes), mode, size: bytes.length };
  return { sides: { path, base, yours, theirs }, bytes };
}

/** The main file of an artifact; of one that is gone, the place it had, and how to refuse it if it never was. */
async function editedFile(bench: Workbench, text: string) {
  const reference = readArtifactArgument(text);
  try {
    const artifact = artifactAmong(await bench.present(), reference);
    const file = artifact.main ?? artifact.files[0];
    if (file === undefined) throw notText(text, "It has no files.");
    return { path: file.path, theirs: file.entry, refusal: null };
  } catch (error) {
    const place = placeOfArtifact(reference);
    if (!(error instanceof StetError) || error.code !== "E-NOT-FOUND" || place === null) throw error;
    return { path: place.main, theirs: null, refusal: error };
  }
}

type MergedEdit = FileSides & Exclude<MergedEntry, Overlap> & { readonly isLast: boolean };

async function recordOrKeep(
  bench: Workbench,
  input: SaveEditedInput,
  merged: MergedEdit,
  bytes: Uint8Array,
): Promise<ChangeOutcome> {
  try {
    return await record(bench, {
      kind: "save",
      message: input.message ?? null,
      reason: input.claims?.reason ?? null,
      edits: [{ path: merged.path, after: merged.entry, bytes: merged.bytes ?? bytes }],
      keep: merged.bytes === null ? [] : [{ kind: "blob", id: blobId(bytes), bytes }],
      decisions: merged.decisions.map((decision) => ({ ...decision, path: merged.path })),
    });
  } catch (error) {
    const isStale = error instanceof StetError && error.code === "E-STALE" && !merged.isLast;
    if (!(error instanceof StetError) || isStale) throw error;
    bench.notice("W-KEPT", `${error.where}: ${error.what} ${error.why} The text is kept as a conflict.`);
    return await keepAsConflict(
      bench,
      input,
      { ...merged, outcome: "overlap", rule: "X5", units: [] },
      bytes,
    );
  }
}

async function keepAsConflict(
  bench: Workbench,
  input: SaveEditedInput,
  overlap: Overlap,
  bytes: Uint8Array,
): Promise<ChangeOutcome> {
  return await record(bench, {
    kind: "save",
    message: input.message ?? null,
    reason: input.claims?.reason ?? null,
    edits: [],
    conflicts: (id) => [{ ...conflictOf(bench, id, overlap, bench.actor.name), yoursActor: bench.actor }],
    keep: [{ kind: "blob", id: blobId(bytes), bytes }],
    evenIfEmpty: true,
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
