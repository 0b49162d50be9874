import { artifactOfPath } from "../../artifacts/artifact-path.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { parsePath } from "../../domain/paths.ts";

/** `skill/pdf` for a path of an artifact, else null. */
export function artifactKey(path: string): string | null {
  const parsed = parsePath(path);
  const part = parsed === undefined ? null : artifactOfPath(parsed);
  return part === null ? null : formatArtifact(part.artifact);
}
