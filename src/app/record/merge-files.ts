import { StetError } from "../../domain/errors.ts";
import { type FileEntry, sameEntry } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import type { FileBytes, MergeFile } from "../../merge/merge-port.ts";
import type { MergeDecision, MergeUnit } from "../../merge/merge-types.ts";
import { blobId } from "../../snapshot/hash.ts";

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
  readonly units: readonly MergeUnit[];
}

export type MergedEntry =
  /** `bytes` is null where the result is a blob that one of the sides has. */
  | {
      readonly outcome: "merged";
      readonly entry: FileEntry | null;
      readonly bytes: Uint8Array | null;
      readonly decisions: readonly MergeDecision[];
    }
  | Overlap;

/** Merges one path three ways. Bytes are read only where hashes do not settle it. */
export async function mergeFileEntries(
  mergeFile: MergeFile,
  sides: FileSides,
  readBlob: (id: BlobId) => Promise<Uint8Array | undefined>,
): Promise<MergedEntry> {
  const { path, base, yours, theirs } = sides;
  if (sameEntry(yours, theirs) || sameEntry(base, yours)) {
    return { outcome: "merged", entry: theirs, bytes: null, decisions: [] };
  }
  if (sameEntry(base, theirs)) return { outcome: "merged", entry: yours, bytes: null, decisions: [] };
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
  const { file, decisions } = result;
  if (file === null) return { outcome: "merged", entry: null, bytes: null, decisions };
  const { bytes, mode } = file;
  return { outcome: "merged", entry: { blob: blobId(bytes), mode, size: bytes.length }, bytes, decisions };
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
