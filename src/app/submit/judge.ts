/**
 * What becomes of a submitted text.
 *
 * Invariants:
 * - whoever has not seen the present text cannot replace it: it is merged, refused, or forced on the record (P4);
 * - whatever is refused is kept first, unless it holds a secret;
 * - the order of the checks is that of the contract: secret, absence, preconditions, then what is present.
 */
import { groupArtifacts } from "../../artifacts/artifact.ts";
import { placeOfArtifact } from "../../artifacts/artifact-path.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { SnapshotId } from "../../domain/ids.ts";
import type { MergeUnit } from "../../merge/merge-types.ts";
import { blobId } from "../../snapshot/hash.ts";
import { conflictUnit } from "../conflicts/open-question.ts";
import { shownUnits } from "../conflicts/shown-conflict.ts";
import { artifactAmong } from "../history/artifact-argument.ts";
import { shownText } from "../history/text-diff.ts";
import { entriesOfVersion } from "../history/version-history.ts";
import type { Change } from "../record/change.ts";
import { fileMerge } from "../record/file-merge.ts";
import { nameProblem } from "../record/free-path.ts";
import { refuseMaskedSecrets } from "../record/masked-secrets.ts";
import { mergeFileEntries } from "../record/merge-files.ts";
import { refuseSecrets, submittedBytes } from "../record/submitted-text.ts";
import { callingActor } from "../workbench/actor.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { KeptTexts } from "./kept-text.ts";
import { lastWriterOf } from "./last-writer.ts";
import { type MainFile, mainFileOf, presentMtime } from "./main-file.ts";
import { badPrecondition, type Preconditions, readPreconditions } from "./preconditions.ts";
import type { FailedText, RefusalReason, RefusedText, SavedText, Submission } from "./submission.ts";

/** A save that is about to be recorded. `replaced` as in `SavedText`. */
export interface JudgedSave {
  readonly status: "save";
  readonly main: MainFile;
  readonly change: Change;
  readonly entry: FileEntry;
  readonly outcome: "saved" | "merged";
  readonly content: string | null;
  readonly replaced: SavedText["replaced"];
}

export type Judgement = JudgedSave | SavedText | RefusedText | FailedText;

export async function judge(bench: Workbench, submission: Submission, kept: KeptTexts): Promise<Judgement> {
  try {
    return await new Judge(bench, submission, kept).judge();
  } catch (error) {
    if (!(error instanceof StetError) || error.code === "E-STALE") throw error;
    return { status: "failed", error, mineSavedAs: null };
  }
}

class Judge {
  readonly #bench: Workbench;
  readonly #submission: Submission;
  readonly #kept: KeptTexts;

  constructor(bench: Workbench, submission: Submission, kept: KeptTexts) {
    this.#bench = bench;
    this.#submission = submission;
    this.#kept = kept;
  }

  async judge(): Promise<Judgement> {
    const place = placeOfArtifact(this.#submission.artifact);
    const key = formatArtifact(this.#submission.artifact);
    if (place === null) throw nameProblem(key, "That kind has no place for such a name.");
    const bytes = await submittedBytes(this.#bench, place.main, this.#submission.content);
    const found = await this.#find();
    if (found instanceof StetError) return this.#failed(found, place.main, bytes);
    try {
      const preconditions = readPreconditions(this.#submission);
      const base = await this.#version("base", preconditions.base, found);
      const seen = await this.#version("seen", preconditions.seen, found);
      await refuseMaskedSecrets(this.#bench, found.file.path, bytes, [found.file.entry, base, seen]);
      return await this.#compare(found, bytes, { preconditions, base, seen });
    } catch (error) {
      const isKept = error instanceof StetError && ["E-PRECONDITION", "E-SECRET"].includes(error.code);
      if (!isKept) throw error;
      return this.#failed(error, found.file.path, bytes);
    }
  }

  async #find(): Promise<MainFile | StetError> {
    const { artifact } = this.#submission;
    const place = placeOfArtifact(artifact);
    const present = await this.#bench.presentAround(place === null ? [] : [place.main]);
    const key = formatArtifact(artifact);
    const found = groupArtifacts(present.entries).find((one) => formatArtifact(one.reference) === key);
    const main = found === undefined ? null : mainFileOf(found);
    if (main !== null) return main;
    try {
      const among = mainFileOf(artifactAmong(await this.#bench.present(), artifact));
      return among ?? nameProblem(key, "It has no main file.");
    } catch (error) {
      if (error instanceof StetError) return error;
      throw error;
    }
  }

  /** The main file as a version of the artifact has it. Throws E-PRECONDITION where its history has none of that id. */
  async #version(name: string, version: SnapshotId | null, main: MainFile): Promise<FileEntry | null> {
    if (version === null) return null;
    if (version === main.version) return main.file.entry;
    const entries = await entriesOfVersion(this.#bench, this.#submission.artifact, version);
    const found = entries?.get(main.file.path);
    if (found !== undefined) return found;
    throw badPrecondition(name, "The artifact has no version of that id.");
  }

  async #compare(main: MainFile, bytes: Uint8Array, known: Known): Promise<Judgement> {
    const { base, seen, preconditions } = known;
    const { entry } = main.file;
    const mtime = presentMtime(this.#bench, main);
    const yours: FileEntry = { blob: blobId(bytes), mode: entry.mode, size: bytes.length };
    const isSame = yours.blob === entry.blob;
    const isFresh = isPresent(entry, mtime, known);
    if (this.#submission.force === true) {
      if (seen !== null && seen.blob !== entry.blob)
        return await this.#refused("changed_again", main, mtime, bytes, base);
      if (isSame) return unchanged(main, mtime);
      return this.#save(main, bytes, yours, isFresh ? null : this.#replaced(main, mtime, preconditions));
    }
    if (base === null) {
      if (!isFresh) return await this.#refused("stale_mtime", main, mtime, bytes, null);
      return isSame ? unchanged(main, mtime) : this.#save(main, bytes, yours, null);
    }
    if (isSame) return unchanged(main, mtime);
    if (isFresh) return this.#save(main, bytes, yours, null);
    return await this.#merged(main, bytes, { base, yours, mtime });
  }

  #save(main: MainFile, bytes: Uint8Array, entry: FileEntry, replaced: SavedText["replaced"]): JudgedSave {
    const change: Change = {
      ...this.#said(),
      kind: replaced === null ? "save" : "force",
      edits: [{ path: main.file.path, after: entry, bytes }],
      ...(replaced === null ? {} : { details: detailsOf(replaced) }),
    };
    return { status: "save", main, change, entry, outcome: "saved", content: null, replaced };
  }

  async #merged(
    main: MainFile,
    bytes: Uint8Array,
    sides: { readonly base: FileEntry; readonly yours: FileEntry; readonly mtime: string },
  ): Promise<Judgement> {
    const { base, yours, mtime } = sides;
    const { path, entry: theirs } = main.file;
    const readSide = async (id: FileEntry["blob"]) =>
      id === yours.blob ? bytes : await this.#bench.readBlob(id);
    const merge = fileMerge(this.#bench.located.file);
    const merged = await mergeFileEntries(merge, { path, base, yours, theirs }, readSide);
    if (merged.outcome === "overlap" || merged.entry === null) {
      const units = merged.outcome === "overlap" ? merged.units : [];
      return await this.#refused("conflict", main, mtime, bytes, base, units);
    }
    const after = merged.bytes ?? bytes;
    await refuseSecrets(this.#bench, path, after);
    const change: Change = {
      ...this.#said(),
      kind: "save",
      edits: [
        {
          path,
          after: merged.entry,
          bytes: merged.bytes ?? (merged.entry.blob === yours.blob ? bytes : null),
        },
      ],
      keep: [{ kind: "blob", id: yours.blob, bytes }],
      decisions: merged.decisions.map((decision) => ({ ...decision, path })),
    };
    const content = await shownText(
      path,
      merged.bytes ?? (await readSide(merged.entry.blob)) ?? null,
      new Set(),
    );
    return { status: "save", main, change, entry: merged.entry, outcome: "merged", content, replaced: null };
  }

  #said(): Pick<Change, "actor" | "message" | "reason" | "id"> {
    const { claims, message, operation } = this.#submission;
    return {
      actor: this.#actor(),
      message: message ?? null,
      reason: claims?.reason ?? null,
      ...(operation === undefined ? {} : { id: operation }),
    };
  }

  #actor() {
    return callingActor(this.#bench.environment, this.#submission.claims);
  }

  #replaced(main: MainFile, mtime: string, preconditions: Preconditions): SavedText["replaced"] {
    return {
      path: main.file.path,
      clientVersion: preconditions.base,
      clientMtime: preconditions.mtime,
      version: main.version,
      mtime,
      actor: this.#actor(),
    };
  }

  async #refused(
    reason: RefusalReason,
    main: MainFile,
    mtime: string,
    bytes: Uint8Array,
    base: FileEntry | null,
    asked: readonly MergeUnit[] | null = null,
  ): Promise<RefusedText> {
    const { path } = main.file;
    const kept = this.#kept.add({ path, bytes, base, actor: this.#actor() });
    const units = (asked ?? []).map((unit) => conflictUnit(unit));
    const conflict =
      asked === null ? null : { id: kept.id, units: await shownUnits(this.#bench, path, units) };
    const theirs = await lastWriterOf(this.#bench, this.#submission.artifact);
    const present = { version: main.version, mtime };
    return { status: "refused", reason, mineSavedAs: kept.blob, conflict, theirs, ...present };
  }

  #failed(error: StetError, path: string, bytes: Uint8Array): FailedText {
    const { blob } = this.#kept.add({ path, bytes, base: null, actor: this.#actor() });
    return { status: "failed", error, mineSavedAs: blob };
  }
}

/** The main file as the versions hold it that the submission names. */
interface Known {
  readonly preconditions: Preconditions;
  readonly base: FileEntry | null;
  readonly seen: FileEntry | null;
}

/** A version is compared by its text; only without one the clock decides. */
function isPresent(entry: FileEntry, mtime: string, { base, preconditions }: Known): boolean {
  if (base !== null) return base.blob === entry.blob;
  return preconditions.mtime === null ? preconditions.exists : preconditions.mtime === mtime;
}

function unchanged({ version }: MainFile, mtime: string): SavedText {
  const nothing = { operation: null, decisions: [], content: null, replaced: null };
  return { status: "saved", outcome: "unchanged", version, mtime, ...nothing };
}

/** Both versions and both times, so that what a person did can be told from the operation alone. */
function detailsOf(replaced: NonNullable<SavedText["replaced"]>): Readonly<Record<string, string>> {
  return {
    path: replaced.path,
    clientVersion: replaced.clientVersion ?? "",
    clientMtime: replaced.clientMtime ?? "",
    presentVersion: replaced.version,
    presentMtime: replaced.mtime,
  };
}
