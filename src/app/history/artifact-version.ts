import type { Artifact } from "../../artifacts/artifact.ts";
import type { SnapshotId } from "../../domain/ids.ts";
import { pathOf } from "../../domain/paths.ts";
import { subSnapshotId } from "../../snapshot/build-snapshot.ts";

/** The version of an artifact: the id of the snapshot of its own files by their inner paths. */
export function artifactVersion(artifact: Pick<Artifact, "files">): SnapshotId {
  return subSnapshotId(artifact.files.map(({ inner, entry }) => [pathOf(inner), entry]));
}
