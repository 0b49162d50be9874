import type { FileEntry } from "../../domain/files.ts";

/** A whole file that takes the place of what translation would write for one runtime. */
export interface OverrideFile {
  /** Its path in the collection. */
  readonly path: string;
  readonly entry: FileEntry;
}

const folder = "stet/overrides/";

/**
 * The overrides among a collection's files, by artifact (`agent/reviewer`) and runtime:
 * `stet/overrides/<kind>/<name>/<runtime>.<ext>`. They lie outside every folder that a runtime reads (BUGS F5).
 */
export function overridesOf(
  entries: Iterable<readonly [path: string, entry: FileEntry]>,
): ReadonlyMap<string, ReadonlyMap<string, OverrideFile>> {
  const found = new Map<string, Map<string, OverrideFile>>();
  for (const [path, entry] of entries) {
    if (!path.startsWith(folder)) continue;
    const match = /^([a-z]+\/.+)\/([a-z-]+)\.[^./]+$/.exec(path.slice(folder.length));
    const [, artifact, runtime] = match ?? [];
    if (artifact === undefined || runtime === undefined) continue;
    const ofArtifact = found.get(artifact) ?? new Map<string, OverrideFile>();
    ofArtifact.set(runtime, { path, entry });
    found.set(artifact, ofArtifact);
  }
  return found;
}
