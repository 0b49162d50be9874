import type { ConflictUnit } from "../../domain/conflicts.ts";
import { StetError } from "../../domain/errors.ts";
import { type FileEntry, sameEntry } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import type { FileBytes } from "../../merge/merge-port.ts";
import { wholeFileMerge } from "../../merge/whole-file-merge.ts";
import { blobId } from "../../snapshot/hash.ts";

/** The one implementation behind the merge port that every use case calls. */
export const mergeFile = wholeFileMerge;

/** One path as three versions hold it, by hash; null where a version has no such file. */
export interface FileSides {
  readonly path: CollectionPath;
  readonly base: FileEntry | null;
  readonly yours: FileEntry | null;
  readonly theirs: FileEntry | null;
}

export interface Overlap extends FileSides {
  readonly outcome: "overlap";
  readonly rule: string;
  readonly units: readonly ConflictUnit[];
}

export type MergedEntry =
  /** `bytes` is null where the result is a blob that one of the sides has. */
  | { readonly outcome: "merged"; readonly entry: FileEntry | null; readonly bytes: Uint8Array | null }
  | Overlap;

/** Merges one path three ways. Bytes are read only where hashes do not settle it. */
export async function mergeFileEntries(
  sides: FileSides,
  readBlob: (id: BlobId) => Promise<Uint8Array | undefined>,
): Promise<MergedEntry> {
  const { path, base, yours, theirs } = sides;
  if (sameEntry(yours, theirs) || sameEntry(base, yours)) {
    return { outcome: "merged", entry: theirs, bytes: null };
  }
  if (sameEntry(base, theirs)) return { outcome: "merged", entry: yours, bytes: null };
  const [baseFile, yourFile, theirFile] = await Promise.all(
    [base, yours, theirs].map((entry) => fileBytes(path, entry, readBlob)),
  );
  const result = await mergeFile({
    path,
    base: baseFile ?? null,
    yours: yourFile ?? null,
    theirs: theirFile ?? null,
  });
  if (result.status === "overlap") {
    return { ...sides, outcome: "overlap", rule: result.rule, units: result.units };
  }
  if (result.file === null) return { outcome: "merged", entry: null, bytes: null };
  const { bytes, mode } = result.file;
  return { outcome: "merged", entry: { blob: blobId(bytes), mode, size: bytes.length }, bytes };
}

async function fileBytes(
  path: CollectionPath,
  entry: FileEntry | null,
  readBlob: (id: BlobId) => Promise<Uint8Array | undefined>,
): Promise<FileBytes | null> {
  if (entry === null) return null;
  const bytes = await readBlob(entry.blob);
  if (bytes !== undefined) return { bytes, mode: entry.mode };
  throw new StetError({
    code: "E-OBJECT-MISSING",
    what: "A version that has to be merged is not in the store.",
    where: path,
    why: `Its bytes (${entry.blob}) are absent, so what it said is not known.`,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet verify", summary: "see whether it was pruned or lost" }],
  });
}
