import type { Artifact } from "../../artifacts/artifact.ts";
import { artifactOfPath } from "../../artifacts/artifact-path.ts";
import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { SnapshotId } from "../../domain/ids.ts";
import { type CollectionPath, pathOf } from "../../domain/paths.ts";
import { subSnapshotId } from "../../snapshot/build-snapshot.ts";

/** The version of an artifact: the id of the snapshot of its own files by their inner paths. */
export function artifactVersion(artifact: Pick<Artifact, "files">): SnapshotId {
  return subSnapshotId(artifact.files.map(({ inner, entry }) => [pathOf(inner), entry]));
}

/** The version of the artifact of that name among a collection's files; that of no files where it is absent. */
export function artifactVersionIn(
  entries: ReadonlyMap<CollectionPath, FileEntry>,
  reference: ArtifactReference,
): SnapshotId {
  const key = formatArtifact(reference);
  const files = [...entries].flatMap(([path, entry]) => {
    const part = artifactOfPath(path);
    return part !== null && formatArtifact(part.artifact) === key ? [{ inner: part.inner, path, entry }] : [];
  });
  return artifactVersion({ files });
}
