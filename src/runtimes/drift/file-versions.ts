import { type FileEntry, type FileMode, isSymlink } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import type { ArtifactAdapter } from "../adapters/adapter.ts";
import type { DriftFile, FileVersion } from "./drift.ts";

/** The three versions of a file as entries. */
export interface FileEntries {
  readonly path: string;
  readonly wouldWrite: FileEntry | null;
  readonly present: FileEntry | null;
  readonly lastWritten: FileEntry | null;
  /** What stet would write if nothing were there, where that is not what it would write now. */
  readonly fresh: Uint8Array | null;
}

/** Bytes of a blob: of the store, of the disk, or rendered just now. Undefined where they cannot be read. */
export type ReadBlob = (id: BlobId) => Promise<Uint8Array | undefined>;

/** What of a mode makes a difference: a link, executable or not. Who may read it is the machine's affair. */
export function modeClass(mode: FileMode): "link" | "executable" | "plain" {
  if (isSymlink(mode)) return "link";
  return (mode & 0o111) === 0 ? "plain" : "executable";
}

/** Whether two entries are the same file: the same bytes, with the same kind of mode. */
export function sameFile(one: FileEntry | null, other: FileEntry | null): boolean {
  if (one === null || other === null) return one === other;
  return one.blob === other.blob && modeClass(one.mode) === modeClass(other.mode);
}

/** Finds out what each version of a file means. Bytes are read only where blobs differ and bytes may be read. */
export async function fileVersions(
  entries: FileEntries,
  adapter: ArtifactAdapter,
  readBlob: ReadBlob,
): Promise<DriftFile> {
  const { path, wouldWrite, present, lastWritten, fresh } = entries;
  const known = [wouldWrite, present, lastWritten].filter((entry) => entry !== null);
  const reads =
    adapter.hasMeaning(path) &&
    new Set(known.map((entry) => entry.blob)).size > 1 &&
    known.every((entry) => !isSymlink(entry.mode) && entry.size <= limits.parsedTextBytesMax);
  const bytes = new Map<BlobId, Uint8Array>();
  for (const { blob } of reads ? known : []) {
    const read = bytes.has(blob) ? undefined : await readBlob(blob);
    if (read !== undefined) bytes.set(blob, read);
  }
  const version = (entry: FileEntry | null): FileVersion | null => {
    if (entry === null) return null;
    const mode = adapter.keepsMode || isSymlink(entry.mode) ? modeClass(entry.mode) : "plain";
    const content = bytes.get(entry.blob);
    const meaning = content === undefined ? null : adapter.meaning(path, content, fresh);
    return {
      meaning: `${mode} ${meaning ?? entry.blob}`,
      exact: `${modeClass(entry.mode)} ${entry.blob}`,
    };
  };
  return {
    path,
    wouldWrite: version(wouldWrite),
    present: version(present),
    lastWritten: version(lastWritten),
  };
}
