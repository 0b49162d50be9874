import { type FileEntry, sameEntry } from "../domain/files.ts";
import type { BlobId, SnapshotId } from "../domain/ids.ts";
import type { CollectionPath } from "../domain/paths.ts";
import type { FileBytes, MergeDecision, MergeFile, Overlap } from "../merge/merge-port.ts";
import { missingObject } from "./damage.ts";
import { diffSnapshots, type SnapshotChange } from "./diff-snapshots.ts";
import { editSnapshot } from "./edit-snapshot.ts";
import { blobId } from "./hash.ts";
import type { NewObject, ObjectSource } from "./object-source.ts";
import { pathClashes } from "./path-clashes.ts";

/** A file on which two snapshots overlap. The merged snapshot holds theirs there. */
export interface FileOverlap {
  readonly path: CollectionPath;
  readonly base: FileEntry | null;
  readonly yours: FileEntry | null;
  readonly theirs: FileEntry | null;
  readonly rule: Overlap["rule"];
  readonly units: Overlap["units"];
}

export interface FileDecision extends MergeDecision {
  readonly path: CollectionPath;
}

export interface MergedSnapshot {
  readonly id: SnapshotId;
  /** Nodes that the result adds to theirs, and the blobs of files that were merged inside. */
  readonly objects: readonly NewObject[];
  /** What the result changes in theirs: what has to be written where theirs stands. */
  readonly changesFromTheirs: readonly SnapshotChange[];
  readonly conflicts: readonly FileOverlap[];
  /** For each path that yours changed and that went through. */
  readonly decisions: readonly FileDecision[];
}

/**
 * Merges yours into theirs, entry by entry: what is equal or one-sided goes through (R0, R1), the rest is asked of
 * `mergeFile`. Where it finds an overlap the present version, theirs, stays in place. The cost goes with what
 * the two sides changed.
 *
 * Throws a StetError where a node or a blob that is needed is absent or damaged.
 */
export async function mergeSnapshots(
  source: ObjectSource,
  base: SnapshotId,
  yours: SnapshotId,
  theirs: SnapshotId,
  mergeFile: MergeFile,
): Promise<MergedSnapshot> {
  const yoursChanged = await diffSnapshots(source, base, yours);
  const theirsChanged = await diffSnapshots(source, base, theirs);
  const present = new Map(theirsChanged.map((change) => [change.path, change.after]));
  const merge = new SnapshotMerge(source, mergeFile);
  for (const { path, before, after } of yoursChanged) {
    const now = present.get(path);
    await merge.path({ path, base: before, yours: after, theirs: now === undefined ? before : now });
  }
  const theirsAdded = theirsChanged.filter((change) => change.before === null);
  merge.holdBackClashes(theirsAdded.map((change) => change.path));
  const changes = merge.changes();
  const edited = await editSnapshot(
    source,
    theirs,
    new Map(changes.map((change) => [change.path, change.after])),
  );
  return {
    id: edited.id,
    objects: [...merge.blobs(), ...edited.nodes],
    changesFromTheirs: changes,
    conflicts: merge.conflicts(),
    decisions: merge.decisions(),
  };
}

interface Sides {
  readonly path: CollectionPath;
  readonly base: FileEntry | null;
  readonly yours: FileEntry | null;
  readonly theirs: FileEntry | null;
}

type PathOutcome =
  | {
      readonly status: "merged";
      readonly sides: Sides;
      readonly entry: FileEntry | null;
      readonly blob: NewObject | null;
      readonly decisions: readonly MergeDecision[];
    }
  | { readonly status: "overlap"; readonly overlap: FileOverlap };

/** The merge of one pair of snapshots, path by path in order. */
class SnapshotMerge {
  readonly #source: ObjectSource;
  readonly #mergeFile: MergeFile;
  readonly #outcomes = new Map<CollectionPath, PathOutcome>();

  constructor(source: ObjectSource, mergeFile: MergeFile) {
    this.#source = source;
    this.#mergeFile = mergeFile;
  }

  async path(sides: Sides): Promise<void> {
    this.#outcomes.set(sides.path, await this.#merged(sides));
  }

  /** Takes back additions that no disk could hold beside what theirs has at the same time. */
  holdBackClashes(theirsAdded: Iterable<CollectionPath>): void {
    const added = this.#through().filter(({ sides, entry }) => sides.theirs === null && entry !== null);
    const kept = this.conflicts().filter((overlap) => overlap.theirs !== null);
    const held = [...theirsAdded, ...kept.map((overlap) => overlap.path)];
    const sidesOf = new Map(added.map(({ sides }) => [sides.path, sides]));
    for (const path of pathClashes(sidesOf.keys(), held)) {
      const sides = sidesOf.get(path);
      if (sides === undefined) continue;
      this.#outcomes.set(path, { status: "overlap", overlap: { ...sides, rule: "X3", units: [] } });
    }
  }

  changes(): readonly SnapshotChange[] {
    return this.#through()
      .filter(({ sides, entry }) => !sameEntry(sides.theirs, entry))
      .map(({ sides, entry }) => ({ path: sides.path, before: sides.theirs, after: entry }));
  }

  blobs(): readonly NewObject[] {
    return this.#through().flatMap(({ blob }) => (blob === null ? [] : [blob]));
  }

  conflicts(): readonly FileOverlap[] {
    return [...this.#outcomes.values()].flatMap((one) => (one.status === "overlap" ? [one.overlap] : []));
  }

  decisions(): readonly FileDecision[] {
    return this.#through().flatMap(({ sides, decisions }) =>
      decisions.map((decision) => ({ ...decision, path: sides.path })),
    );
  }

  #through(): readonly (PathOutcome & { readonly status: "merged" })[] {
    return [...this.#outcomes.values()].filter((one) => one.status === "merged");
  }

  async #merged(sides: Sides): Promise<PathOutcome> {
    const { path, base, yours, theirs } = sides;
    if (sameEntry(yours, theirs)) return through(sides, theirs, "R0");
    if (sameEntry(base, theirs)) return through(sides, yours, "R1");
    const files = {
      base: await this.#read(base),
      yours: await this.#read(yours),
      theirs: await this.#read(theirs),
    };
    const result = await this.#mergeFile({ path, ...files });
    if (result.status === "overlap") {
      return { status: "overlap", overlap: { ...sides, rule: result.rule, units: result.units } };
    }
    const blob = result.file === null ? null : newBlob(result.file, [files.base, files.yours, files.theirs]);
    const entry = result.file === null ? null : entryOf(result.file);
    return { status: "merged", sides, entry, blob, decisions: result.decisions };
  }

  async #read(entry: FileEntry | null): Promise<FileBytes | null> {
    if (entry === null) return null;
    const [bytes] = await this.#source.getMany([entry.blob]);
    if (bytes === undefined) throw missingObject("blob", entry.blob);
    return { bytes, mode: entry.mode };
  }
}

function through(sides: Sides, entry: FileEntry | null, rule: "R0" | "R1"): PathOutcome {
  return { status: "merged", sides, entry, blob: null, decisions: [{ rule, where: "" }] };
}

function entryOf(file: FileBytes): FileEntry {
  return { blob: blobId(file.bytes), mode: file.mode, size: file.bytes.length };
}

/** The blob of a merged file, unless it is that of one of the sides. */
function newBlob(file: FileBytes, sides: readonly (FileBytes | null)[]): NewObject | null {
  if (sides.some((side) => side?.bytes === file.bytes)) return null;
  const id: BlobId = blobId(file.bytes);
  return { kind: "blob", id, bytes: file.bytes };
}
