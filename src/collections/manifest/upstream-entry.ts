import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";

/** Where the tables of third-party artifacts stand in `collection.toml`: `[upstream."skill/pdf"]`. */
export const upstreamTable = "upstream";

/** A third-party artifact as the manifest asks for it. */
export interface UpstreamEntry {
  readonly artifact: ArtifactReference;
  /** An address, as `formatSource` writes it: `https://example.org/skills.git`, `folder:../shared`. */
  readonly source: string;
  /** A branch, tag or commit; null for the source's own default. */
  readonly ref: string | null;
  /** A range of versions, as npm reads them; the highest tag within it is taken. */
  readonly range: string | null;
  /** Where it lies in the source: a folder, or the file of an artifact of one file. Empty for the source's top. */
  readonly path: string;
  /** Which of its files are taken, as patterns of `.gitignore`; empty for all. */
  readonly files: readonly string[];
  /** The version that it is held at; null where it follows its source. */
  readonly pin: string | null;
  /** Why its updates are not wanted; null where they are. */
  readonly ignore: string | null;
}

export function upstreamKey(entry: Pick<UpstreamEntry, "artifact">): string {
  return formatArtifact(entry.artifact);
}
