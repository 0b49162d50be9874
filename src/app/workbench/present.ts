import { artifactOfPath, placeOfArtifact } from "../../artifacts/artifact-path.ts";
import { StetError } from "../../domain/errors.ts";
import type { FileEntry } from "../../domain/files.ts";
import { type CommitId, type NodeId, parseHashId, type SnapshotId } from "../../domain/ids.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import { emptySnapshot } from "../../snapshot/build-snapshot.ts";
import { decodeCommit } from "../../snapshot/commit.ts";
import { readEntries } from "../../snapshot/read-snapshot.ts";
import type { Tombstone } from "../../store/history-store.ts";
import type { Store } from "../../store/store.ts";

/** A collection at one commit. */
export interface Present {
  /** Null before the first commit. */
  readonly commit: CommitId | null;
  readonly snapshot: SnapshotId;
  readonly entries: ReadonlyMap<CollectionPath, FileEntry>;
}

/** Reads a commit's files. Throws E-PRUNED, and E-OBJECT-MISSING where it was lost. */
export async function presentAt(store: Store, commit: CommitId | null): Promise<Present> {
  if (commit === null) return { commit, snapshot: emptySnapshot().id, entries: new Map() };
  const snapshot = await snapshotOf(store, commit);
  return { commit, snapshot, entries: await entriesOfSnapshot(store, snapshot) };
}

/** Beyond so many artifacts all files are read at once: each would cost a way of its own down the tree. */
const artifactsApartMax = 64;

/**
 * Reads of a commit's files those at some paths, with all others of their artifacts; of many artifacts everything.
 * Throws as `presentAt` does.
 */
export async function presentAround(
  store: Store,
  commit: CommitId | null,
  paths: Iterable<CollectionPath>,
): Promise<Present> {
  const prefixes = new Set([...paths].map(wholeOf));
  if (commit === null || prefixes.size > artifactsApartMax) return await presentAt(store, commit);
  const snapshot = await snapshotOf(store, commit);
  const entries = new Map<CollectionPath, FileEntry>();
  for (const prefix of prefixes) {
    for (const [path, entry] of await entriesOfSnapshot(store, snapshot, { prefix }))
      entries.set(path, entry);
  }
  return { commit, snapshot, entries };
}

/** What every path of the same artifact begins with. */
function wholeOf(path: CollectionPath): string {
  const part = artifactOfPath(path);
  const folder = part === null ? null : (placeOfArtifact(part.artifact)?.folder ?? null);
  return folder === null ? path : `${folder}/`;
}

/**
 * The entries of a snapshot, or those whose path begins with `prefix`. Throws E-PRUNED where a policy removed it,
 * which is no loss, and E-OBJECT-MISSING where it is one.
 */
export async function entriesOfSnapshot(
  store: Store,
  snapshot: SnapshotId,
  options: { readonly prefix?: string } = {},
): Promise<ReadonlyMap<CollectionPath, FileEntry>> {
  try {
    return await readEntries(store.history, snapshot, options);
  } catch (error) {
    if (!(error instanceof StetError) || error.code !== "E-OBJECT-MISSING") throw error;
    const id = parseHashId<NodeId>(error.where.slice(error.where.indexOf("sha256:")));
    const [state] = id === undefined ? [] : await store.history.inspect([id]);
    if (state?.state !== "pruned") throw error;
    throw prunedVersion(snapshot, state.tombstone);
  }
}

function prunedVersion(where: string, { operation, policy }: Tombstone): StetError {
  return new StetError({
    code: "E-PRUNED",
    what: "That version was pruned.",
    where,
    why: `Its content went with ${operation} (${policy}).`,
    kept: "Nothing was changed; its record stays in the log.",
    fixes: [
      { cmd: "stet log", summary: "see which versions there are" },
      { cmd: "stet pin <name>", summary: "keep a version that must never go" },
    ],
  });
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
