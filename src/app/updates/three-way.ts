import { pathOfInner } from "../../artifacts/artifact-path.ts";
import type { UpdateStrategy } from "../../collections/collection-file.ts";
import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import { type FileEntry, sameEntry } from "../../domain/files.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import { buildSnapshot } from "../../snapshot/build-snapshot.ts";
import { type MergedSnapshot, mergeSnapshots } from "../../snapshot/merge-snapshots.ts";
import type { NewBlob } from "../../snapshot/object-source.ts";
import { overlaySource } from "../../snapshot/overlay-source.ts";
import { fileMerge } from "../record/file-merge.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { Arrival } from "./arrival.ts";

type Entries = ReadonlyMap<CollectionPath, FileEntry>;

/** The three versions of an artifact by inner path: what the last update brought, what stands here, what came. */
export interface Versions {
  readonly base: Entries;
  readonly here: Entries;
  readonly arrival: Pick<Arrival, "entries" | "blobs" | "snapshot">;
  /** Content of the base that the store does not have. */
  readonly baseBlobs: readonly NewBlob[];
}

/** Paths on which two versions differ. */
export function changedPaths(one: Entries, other: Entries): readonly CollectionPath[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (path) => !sameEntry(one.get(path) ?? null, other.get(path) ?? null),
  );
}

/**
 * Brings a new version of an artifact together with the edits made here, from the version that both came from
 * (BUGS U2): what came is yours in the merge, what stands here is theirs and stays where they overlap.
 */
export async function mergeVersions(
  bench: Workbench,
  artifact: ArtifactReference,
  { base, here, arrival, baseBlobs }: Versions,
  strategy: UpdateStrategy,
): Promise<MergedSnapshot> {
  const [from, mine, theirs] = [base, here, arrival.entries].map((entries) => placed(artifact, entries));
  const present = buildSnapshot(mine ?? []);
  const came = buildSnapshot(theirs ?? []);
  if (strategy === "local")
    return { id: present.id, objects: [], changesFromTheirs: [], conflicts: [], decisions: [] };
  const common = buildSnapshot(strategy === "upstream" ? (mine ?? []) : (from ?? []));
  const nodes = [...common.nodes, ...present.nodes, ...came.nodes];
  const source = overlaySource([...nodes, ...baseBlobs, ...arrival.blobs], bench.store.history);
  const merge = fileMerge(bench.located.file, strategy === "ask" ? { strategy: "ask" } : {});
  return await mergeSnapshots(source, common.id, came.id, present.id, merge);
}

function placed(
  artifact: ArtifactReference,
  entries: Entries,
): readonly (readonly [CollectionPath, FileEntry])[] {
  return [...entries].flatMap(([inner, entry]) => {
    const path = pathOfInner(artifact, inner);
    return path === null ? [] : [[path, entry] as const];
  });
}
