import type { SnapshotId } from "../domain/ids.ts";
import type { MergeFile } from "../merge/merge-port.ts";
import { diffSnapshots, type SnapshotChange } from "./diff-snapshots.ts";
import { editSnapshot } from "./edit-snapshot.ts";
import { findRenames } from "./find-renames.ts";
import { mergeSlots, type Side } from "./merge-slots.ts";
import type { NewObject, ObjectSource } from "./object-source.ts";
import { type FileDecision, type FileOverlap, SnapshotMerge } from "./snapshot-merge.ts";

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
 * Merges yours into theirs, file by file: what is equal or one-sided goes through (R0, R1), the rest is asked of
 * `mergeFile`. A file or a folder that one side renamed is followed, so that what the other did in it arrives
 * there. Where a file overlaps, the present version, theirs, stays in place. The cost goes with what the two
 * sides changed.
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
  const [yoursSide, theirsSide] = [
    await changedSide(source, base, yours),
    await changedSide(source, base, theirs),
  ];
  const merge = new SnapshotMerge(source, theirs, mergeFile);
  for (const slot of mergeSlots(yoursSide, theirsSide)) await merge.slot(slot);
  const theirsAdded = theirsSide.changes.filter((change) => change.before === null);
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

async function changedSide(source: ObjectSource, base: SnapshotId, side: SnapshotId): Promise<Side> {
  const changes = await diffSnapshots(source, base, side);
  return { changes, renames: await findRenames(source, changes, side) };
}
