import { type Actor, sameActor, unknownActor } from "../../domain/actors.ts";
import type { Conflict } from "../../domain/conflicts.ts";
import { type FileEntry, sameEntry } from "../../domain/files.ts";
import type { BlobId, OperationId } from "../../domain/ids.ts";
import { type CollectionPath, pathOf } from "../../domain/paths.ts";
import type { MergeFile } from "../../merge/merge-port.ts";
import type { CanonicalEdit, TargetRow } from "../../runtimes/drift/sync-row.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import type { FileDecision } from "../../snapshot/snapshot-merge.ts";
import { readScanned } from "../../workspace/read-scanned.ts";
import { writerOfRow } from "../capture/capture-targets.ts";
import { entriesOfVersion } from "../history/version-history.ts";
import type { LeftRow, PlanLine } from "../outcomes.ts";
import type { FileEdit } from "../record/change.ts";
import { conflictOf } from "../record/conflict-of.ts";
import { type FileMergeOptions, fileMerge } from "../record/file-merge.ts";
import { mergeFileEntries, type Overlap } from "../record/merge-files.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { TargetState } from "./targets.ts";

/**
 * Edits of targets on their way into the root. What two targets changed, or what the root changed as well, is
 * merged; what overlaps becomes a conflict and the root keeps its present version.
 */
export class TakenEdits {
  readonly #bench: Workbench;
  readonly #present: ReadonlyMap<CollectionPath, FileEntry>;
  readonly #entries: Map<CollectionPath, FileEntry>;
  readonly #edits = new Map<CollectionPath, FileEdit>();
  readonly blobs = new Map<BlobId, Uint8Array>();
  readonly overlaps: (Overlap & { readonly target: string; readonly writer: Actor | null })[] = [];
  /** Who wrote each row that was taken; null where nobody told. */
  readonly #writers: (Actor | null)[] = [];
  /** The rows whose edits were looked at: in the root now, or `overlaps` with what the root has. */
  readonly rows: { readonly row: TargetRow; readonly overlaps: boolean }[] = [];
  readonly left: LeftRow[] = [];
  readonly lines: PlanLine[] = [];
  /** `target artifact` of the rows whose edit could not be taken or is in conflict: the push leaves these alone. */
  readonly settled = new Set<string>();
  /** `target artifact` of the rows whose edit is in the root now, beside what the root had: the push writes both. */
  readonly merged = new Set<string>();
  readonly decisions: FileDecision[] = [];
  readonly #merge: MergeFile;
  /** Texts of targets that were merged, and files that they are replaced in: no path of the root comes to hold them. */
  readonly #replacedTexts = new Set<BlobId>();

  constructor(bench: Workbench, present: ReadonlyMap<CollectionPath, FileEntry>, options: FileMergeOptions) {
    this.#bench = bench;
    this.#merge = fileMerge(bench.located.file, options);
    this.#present = present;
    this.#entries = new Map(present);
  }

  get edits(): readonly FileEdit[] {
    return [...this.#edits.values()].filter(
      (edit) => !sameEntry(this.#present.get(edit.path) ?? null, edit.after),
    );
  }

  /** Who wrote what was taken: the one writer of all of it, where a hook told of each; else nobody that is known (P7). */
  get author(): Actor {
    const [first] = this.#writers;
    const isOne = this.#writers.every((one) => one !== null && first != null && sameActor(one, first));
    return isOne && first != null ? first : unknownActor;
  }

  get entries(): ReadonlyMap<CollectionPath, FileEntry> {
    return this.#entries;
  }

  /** The edits that overlap or were merged: no path of the root comes to hold them, and they are kept all the same (P4). */
  get kept(): readonly NewObject[] {
    const overlapping = this.overlaps.flatMap(({ yours }) => (yours === null ? [] : [yours.blob]));
    return [...new Set([...this.#replacedTexts, ...overlapping])].flatMap((id) => {
      const bytes = this.blobs.get(id);
      return bytes === undefined ? [] : [{ kind: "blob", id, bytes }];
    });
  }

  readonly readBlob = async (id: BlobId): Promise<Uint8Array | undefined> => {
    return this.blobs.get(id) ?? (await this.#bench.readBlob(id));
  };

  /** Takes one row's edit in where the target moved. `named`: the user named it, so an extra is taken as well. */
  async take(state: TargetState, row: TargetRow, named: boolean): Promise<void> {
    const { state: drift } = row.drift;
    if (drift !== "ahead" && drift !== "diverged" && !(drift === "extra" && named)) return;
    const what = `${row.kind}/${row.name} ${row.target}`;
    if (row.takeProblem !== null) {
      this.left.push({ what, reason: row.takeProblem, waits: true });
      this.settled.add(rowKey(row));
      return;
    }
    if (row.take.some((edit) => edit.after === null)) {
      this.left.push({
        what,
        reason: "a file was deleted there; name it to delete it everywhere: stet rm",
        waits: true,
      });
      this.settled.add(rowKey(row));
      return;
    }
    const base = await this.#base(row);
    const writer = await writerOfRow(this.#bench, state, row);
    const overlapsBefore = this.overlaps.length;
    for (const edit of row.take) await this.#takeFile(state, row, edit, { base, writer });
    const overlapping = this.overlaps.length - overlapsBefore;
    this.rows.push({ row, overlaps: overlapping > 0 });
    if (overlapping < row.take.length) this.#writers.push(writer);
    this.lines.push({
      sign: drift === "extra" ? "+" : "~",
      text: `${row.kind}/${row.name} <- ${row.target}`,
    });
  }

  /** Keeps what a row that was edited has at its target, since it is about to be replaced there (P1). */
  keepReplaced(state: TargetState, row: TargetRow): void {
    if (row.drift.state !== "ahead" && row.drift.state !== "diverged") return;
    for (const { before } of row.write) {
      if (before === null) continue;
      this.#keepBytes(state, before.blob, null);
      this.#replacedTexts.add(before.blob);
    }
  }

  /** The conflicts that were met, opened by an operation. */
  conflicts(bench: Workbench, operation: OperationId): readonly Conflict[] {
    return this.overlaps.map((overlap) => {
      const conflict = conflictOf(bench, operation, overlap, overlap.target);
      return overlap.writer === null ? conflict : { ...conflict, yoursActor: overlap.writer };
    });
  }

  async #base(row: TargetRow): Promise<ReadonlyMap<CollectionPath, FileEntry> | null> {
    if (row.base === null || row.base === "") return null;
    return await entriesOfVersion(this.#bench, { kind: row.kind, name: row.name }, row.base);
  }

  async #takeFile(
    state: TargetState,
    row: TargetRow,
    edit: CanonicalEdit,
    from: {
      readonly base: ReadonlyMap<CollectionPath, FileEntry> | null;
      readonly writer: Actor | null;
    },
  ): Promise<void> {
    const path = pathOf(edit.path);
    const yours = edit.after?.entry ?? null;
    if (edit.after !== null && yours !== null)
      this.#keepBytes(state, edit.after.entry.blob, edit.after.bytes);
    const theirs = this.#entries.get(path) ?? null;
    // Where only the target moved, it began with what is here: also of a file that belongs to no artifact's version.
    const base = from.base?.get(path) ?? (row.drift.state === "ahead" ? edit.before : null);
    const merged = await mergeFileEntries(this.#merge, { path, base, yours, theirs }, this.readBlob);
    if (merged.outcome === "overlap") {
      this.overlaps.push({ ...merged, target: row.target, writer: from.writer });
      this.settled.add(rowKey(row));
      return;
    }
    const after = merged.entry;
    this.decisions.push(...merged.decisions.map((decision) => ({ ...decision, path })));
    if (yours !== null && !sameEntry(after, yours)) {
      this.merged.add(rowKey(row));
      this.#replacedTexts.add(yours.blob);
    }
    if (merged.bytes !== null && after !== null) this.blobs.set(after.blob, merged.bytes);
    const bytes = after === null ? null : (this.blobs.get(after.blob) ?? null);
    this.#edits.set(path, { path, after, bytes });
    if (after === null) this.#entries.delete(path);
    else this.#entries.set(path, after);
  }

  #keepBytes(state: TargetState, id: BlobId, bytes: Uint8Array | null): void {
    if (this.blobs.has(id)) return;
    if (bytes !== null) {
      this.blobs.set(id, bytes);
      return;
    }
    for (const [path, file] of state.scan.files) {
      if (file.entry.blob !== id) continue;
      const found = readScanned(this.#bench.disk, state.scan, path);
      if (found !== undefined) this.blobs.set(id, found);
      return;
    }
  }
}

export function rowKey(row: Pick<TargetRow, "target" | "kind" | "name">): string {
  return `${row.target} ${row.kind}/${row.name}`;
}
