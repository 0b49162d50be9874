/**
 * The path of a value inside a shared file: `.mcp.json#mcp/github`. Records, changes and rows name it like a
 * file of its own, so that drift, history and undo are by value, whatever else the file holds.
 */
import { type ArtifactReference, formatArtifact, parseArtifact } from "../../domain/artifact-kinds.ts";
import type { RuntimePlace } from "../table/runtime.ts";

export function keyPath(file: string, artifact: ArtifactReference): string {
  return `${file}#${formatArtifact(artifact)}`;
}

/** The names that a shared file may have, the preferred one first. */
export function fileNamesOf({ path, alternatives }: RuntimePlace): readonly string[] {
  return [path, ...(alternatives ?? [])];
}

/** What a path names within a place of keys; null for every other path, one of a folder `a#` included. */
export function keyAt(
  place: RuntimePlace,
  path: string,
): { file: string; artifact: ArtifactReference } | null {
  if (place.layout !== "keys") return null;
  const file = fileNamesOf(place).find((name) => path.startsWith(`${name}#`));
  const artifact = file === undefined ? undefined : parseArtifact(path.slice(file.length + 1));
  if (file === undefined || artifact?.kind !== place.kind) return null;
  return { file, artifact };
}
