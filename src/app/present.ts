import { StetError } from "../domain/errors.ts";
import type { FileEntry } from "../domain/files.ts";
import type { CommitId, SnapshotId } from "../domain/ids.ts";
import type { CollectionPath } from "../domain/paths.ts";
import { emptySnapshot } from "../snapshot/build-snapshot.ts";
import { decodeCommit } from "../snapshot/commit.ts";
import { readEntries } from "../snapshot/read-snapshot.ts";
import type { Store } from "../store/store.ts";

/** A collection at one commit. */
export interface Present {
  /** Null before the first commit. */
  readonly commit: CommitId | null;
  readonly snapshot: SnapshotId;
  readonly entries: ReadonlyMap<CollectionPath, FileEntry>;
}

/** Reads a commit's files. Throws E-OBJECT-MISSING where the commit is not in the store. */
export async function presentAt(store: Store, commit: CommitId | null): Promise<Present> {
  if (commit === null) return { commit, snapshot: emptySnapshot().id, entries: new Map() };
  const snapshot = await snapshotOf(store, commit);
  return { commit, snapshot, entries: await readEntries(store.history, snapshot) };
}

export async function snapshotOf(store: Store, commit: CommitId | null): Promise<SnapshotId> {
  if (commit === null) return emptySnapshot().id;
  // The words beside a commit are as long as what it changed; only its preimage is needed here.
  const [bytes] = await store.history.getMany([commit]);
  if (bytes !== undefined) return decodeCommit(bytes, null).fields.snapshot;
  throw new StetError({
    code: "E-OBJECT-MISSING",
    what: "A version is not in the store.",
    where: commit,
    why: "The commit that it belongs to is absent.",
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet verify", summary: "see what else is affected" }],
  });
}
