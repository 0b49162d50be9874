import type { ArtifactReference } from "../domain/artifact-kinds.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import type { FileEntry } from "../domain/files.ts";
import { type CollectionPath, comparePaths } from "../domain/paths.ts";
import { artifactOfPath, mainInner } from "./artifact-path.ts";

/** One file of an artifact. */
export interface ArtifactFile {
  /** Path inside the artifact. */
  readonly inner: string;
  readonly path: CollectionPath;
  readonly entry: FileEntry;
}

/** An artifact as a snapshot holds it: its files in the order of their inner paths. */
export interface Artifact {
  readonly reference: ArtifactReference;
  readonly files: readonly ArtifactFile[];
  /** The file a runtime reads first; null for a folder that lacks it. */
  readonly main: ArtifactFile | null;
}

/**
 * Groups a collection's entries by artifact, in the order of `kind/name`. Entries that belong to no artifact
 * are left out; they are versioned all the same.
 */
export function groupArtifacts(entries: ReadonlyMap<CollectionPath, FileEntry>): readonly Artifact[] {
  const groups = new Map<string, { reference: ArtifactReference; files: ArtifactFile[] }>();
  for (const [path, entry] of entries) {
    const part = artifactOfPath(path);
    if (part === null) continue;
    const key = formatArtifact(part.artifact);
    let group = groups.get(key);
    if (group === undefined) {
      group = { reference: part.artifact, files: [] };
      groups.set(key, group);
    }
    group.files.push({ inner: part.inner, path, entry });
  }
  return [...groups]
    .sort(([one], [other]) => comparePaths(one, other))
    .map(([, { reference, files }]) => artifactOf(reference, files));
}

function artifactOf(reference: ArtifactReference, files: readonly ArtifactFile[]): Artifact {
  const sorted = [...files].sort((one, other) => comparePaths(one.inner, other.inner));
  return { reference, files: sorted, main: mainFile(reference, sorted) };
}

function mainFile({ kind }: ArtifactReference, files: readonly ArtifactFile[]): ArtifactFile | null {
  const wanted = mainInner(kind);
  const exact = files.find((file) => file.inner === wanted);
  if (exact !== undefined) return exact;
  // `skill.md` is taken where file systems fold case; validation says that others do not see it.
  return files.find((file) => file.inner.toLowerCase() === wanted.toLowerCase()) ?? null;
}
