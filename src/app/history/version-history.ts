import { groupArtifacts } from "../../artifacts/artifact.ts";
import { placeOfArtifact } from "../../artifacts/artifact-path.ts";
import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import { entriesOfSnapshot, snapshotOf } from "../workbench/present.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { artifactVersion } from "./artifact-version.ts";

/**
 * The files of an artifact at one of its versions, by collection path; null where its history has none of that
 * id. `version` may be a prefix of at least 8 hex digits. Walks the artifact's own operations only: versions
 * are computed, never stored.
 */
export async function entriesOfVersion(
  bench: Workbench,
  reference: ArtifactReference,
  version: string,
): Promise<ReadonlyMap<CollectionPath, FileEntry> | null> {
  const wanted = version.startsWith("sha256:") ? version : `sha256:${version}`;
  const artifact = formatArtifact(reference);
  let beforeSequence: number | undefined;
  for (;;) {
    const page = await bench.store.history.operations({
      collection: bench.collection,
      artifact,
      limit: 50,
      ...(beforeSequence === undefined ? {} : { beforeSequence }),
    });
    for (const operation of page) {
      const commit = operation.refs.find((move) => move.name.includes("/heads/"))?.after;
      if (commit === undefined || commit === null) continue;
      const entries = await artifactEntries(bench, reference, await snapshotOf(bench.store, commit));
      const [found] = groupArtifacts(entries).filter((one) => formatArtifact(one.reference) === artifact);
      if (found !== undefined && artifactVersion(found).startsWith(wanted)) {
        return new Map(found.files.map((file) => [file.path, file.entry]));
      }
    }
    const last = page.at(-1);
    if (last === undefined) return null;
    beforeSequence = last.sequence;
  }
}

async function artifactEntries(
  bench: Workbench,
  reference: ArtifactReference,
  snapshot: Awaited<ReturnType<typeof snapshotOf>>,
): Promise<ReadonlyMap<CollectionPath, FileEntry>> {
  const place = placeOfArtifact(reference);
  if (place === null) return new Map();
  const prefix = place.folder === null ? place.main : `${place.folder}/`;
  try {
    return await entriesOfSnapshot(bench.store, snapshot, { prefix });
  } catch (error) {
    // A version that was pruned is not the one that is looked for, or it cannot be had any more.
    if (error instanceof StetError && error.code === "E-PRUNED") return new Map();
    throw error;
  }
}
