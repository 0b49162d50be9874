import { type FileEntry, regularMode } from "../../domain/files.ts";
import type { BlobId, CommitId, SnapshotId } from "../../domain/ids.ts";
import { emptySnapshot } from "../../snapshot/build-snapshot.ts";
import { editSnapshot } from "../../snapshot/edit-snapshot.ts";
import { blobId } from "../../snapshot/hash.ts";
import { mergeBases } from "../../snapshot/merge-base.ts";
import { mergeSnapshots } from "../../snapshot/merge-snapshots.ts";
import type { NewObject, ObjectSource } from "../../snapshot/object-source.ts";
import { overlaySource } from "../../snapshot/overlay-source.ts";
import type { FileOverlap } from "../../snapshot/snapshot-merge.ts";
import type { Store } from "../../store/store.ts";
import { snapshotOf } from "../workbench/present.ts";

/** Histories that were merged crosswise over and over: beyond this, one of the bases stands for all. */
const crossingsMax = 8;

/** What two versions are merged from, and where it is read: the base may be one that nobody ever saved. */
export interface BaseSnapshot {
  readonly id: SnapshotId;
  readonly source: ObjectSource;
  /** What a conflict says of the base: null where the bases disagree, and its blob where nobody ever saved it. */
  readonly said: (entry: FileEntry | null) => {
    readonly entry: FileEntry | null;
    readonly made: NewObject | null;
  };
}

/**
 * The snapshot that two commits have in common. Where they were merged crosswise there are several bases, and
 * they are merged first (the recursive strategy of git and Mercurial): either one alone would ask again what was
 * settled already.
 */
export async function baseSnapshot(store: Store, yours: CommitId, theirs: CommitId): Promise<BaseSnapshot> {
  const made: NewObject[] = [...emptySnapshot().nodes];
  const disputed = new Set<BlobId>();
  const id = await commonSnapshot({ store, made, disputed, depth: 0 }, yours, theirs);
  const blobs = new Map(made.map((object) => [object.id, object]));
  return {
    id,
    source: overlaySource(made, store.history),
    said: (entry) =>
      entry === null || disputed.has(entry.blob)
        ? { entry: null, made: null }
        : { entry, made: blobs.get(entry.blob) ?? null },
  };
}

interface Crossing {
  readonly store: Store;
  /** Objects of bases that were merged here; none of them is stored. */
  readonly made: NewObject[];
  /** Blobs that stand where the bases disagree. */
  readonly disputed: Set<BlobId>;
  readonly depth: number;
}

async function commonSnapshot(crossing: Crossing, one: CommitId, other: CommitId): Promise<SnapshotId> {
  const { store, made, depth } = crossing;
  const parentsOf = async (id: CommitId) => (await store.history.commit(id))?.parents;
  const [first, ...others] = await mergeBases(parentsOf, one, other);
  if (first === undefined) return emptySnapshot().id;
  let common = await snapshotOf(store, first);
  if (depth >= crossingsMax) return common;
  if (others.length === 0) return common;
  const { mergeFileWith } = await import("../../merge/merge-file.ts");
  for (const next of others) {
    const below = await commonSnapshot({ ...crossing, depth: depth + 1 }, first, next);
    const source = overlaySource(made, store.history);
    const merged = await mergeSnapshots(
      source,
      below,
      await snapshotOf(store, next),
      common,
      mergeFileWith({}),
    );
    made.push(...merged.objects);
    const disputed = merged.conflicts.map(({ path }) => [path, disputedEntry(crossing, path)] as const);
    const edited = await editSnapshot(overlaySource(made, store.history), merged.id, new Map(disputed));
    made.push(...edited.nodes);
    common = edited.id;
  }
  return common;
}

/** Where the bases disagree, the base is like neither: whoever settled it otherwise is asked, not overruled. */
function disputedEntry({ made, disputed }: Crossing, path: FileOverlap["path"]) {
  const bytes = new TextEncoder().encode(`The bases of this merge disagree on ${path}.\n`);
  const blob = blobId(bytes);
  made.push({ kind: "blob", id: blob, bytes });
  disputed.add(blob);
  return { blob, mode: regularMode, size: bytes.length };
}
