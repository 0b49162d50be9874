import { type FileEntry, sameEntry } from "../domain/files.ts";
import type { BlobId } from "../domain/ids.ts";
import { comparePaths } from "../domain/paths.ts";
import type { NewObject } from "../snapshot/object-source.ts";
import type { IndexEntry } from "../store/checkout-store.ts";
import { type Disk, errorName } from "./disk.ts";
import { diskPath } from "./place-paths.ts";
import { readSteady } from "./read-steady.ts";
import type { Scan, ScannedFile } from "./scan.ts";

/** What a scan found to differ from history. */
export interface Capture {
  /** In the order of the paths; never one whose `before` equals its `after`. */
  readonly changes: readonly {
    readonly path: string;
    readonly before: FileEntry | null;
    readonly after: FileEntry | null;
  }[];
  /** Each blob that a change brings, once. */
  readonly blobs: readonly NewObject[];
  /** For the local batch of the same write, or, without changes, for one of its own that need not be durable. */
  readonly index: { readonly put: readonly IndexEntry[]; readonly drop: readonly string[] };
  /** Paths that are gone and not recorded as deleted, because the loss was not confirmed. */
  readonly withheld: readonly string[];
  /** Paths that kept changing while they were read. */
  readonly unsettled: readonly string[];
}

/**
 * Compares a scan with `present`, what the commit that this checkout has materialised (or, for a target, what
 * was written there last) holds under the same paths. A path of `present` that is not materialised here is
 * not deleted by being absent.
 *
 * With `lossConfirmed` a mass loss is recorded as deletion; a base that was replaced by another never is.
 */
export function captureChanges(
  disk: Disk,
  scan: Scan,
  present: ReadonlyMap<string, FileEntry>,
  options: { readonly lossConfirmed?: boolean } = {},
): Capture {
  const changes: { path: string; before: FileEntry | null; after: FileEntry | null }[] = [];
  const blobs = new Map<BlobId, NewObject>();
  const put: IndexEntry[] = [];
  const unsettled: string[] = [];
  for (const [path, scanned] of scan.files) {
    const before = present.get(path) ?? null;
    const file = withBytes(disk, scan, path, scanned, before);
    if (file === null) continue;
    if (!sameEntry(before, file.entry)) {
      changes.push({ path, before, after: file.entry });
      const { bytes } = file;
      if (bytes !== null) blobs.set(file.entry.blob, { kind: "blob", id: file.entry.blob, bytes });
    }
    if (file.unsettled) unsettled.push(path);
    else if (file.changed) put.push(indexEntry(path, file));
  }
  const isWithheld = scan.loss !== null && (options.lossConfirmed !== true || scan.root === "replaced");
  const gone = isWithheld ? [] : scan.absent;
  for (const path of gone) {
    const before = present.get(path);
    if (before !== undefined) changes.push({ path, before, after: null });
  }
  changes.sort((one, other) => comparePaths(one.path, other.path));
  return {
    changes,
    blobs: [...blobs.values()],
    index: { put, drop: [...gone] },
    withheld: isWithheld ? [...scan.absent] : [],
    unsettled,
  };
}

/**
 * The index may know a file that history does not hold (its capture was never recorded): such a file is read
 * after all. Null where it vanished or cannot be read any more; the next scan will say so.
 */
function withBytes(
  disk: Disk,
  scan: Scan,
  path: string,
  file: ScannedFile,
  before: FileEntry | null,
): ScannedFile | null {
  if (file.bytes !== null || sameEntry(before, file.entry)) return file;
  try {
    const content = readSteady(disk, diskPath(scan.place, path));
    return content === null ? null : { ...file, ...content, changed: true };
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    return null;
  }
}

/** What the index is to say of a file that was looked at; captured files count as materialised here. */
export function indexEntry(path: string, file: ScannedFile): IndexEntry {
  const { size, mtimeNs, ctimeNs, device, inode, mode } = file.stamp;
  const stamp = { size, mtimeNs, ctimeNs, device, inode, mode };
  return { path, stamp, blob: file.entry.blob, seenAt: file.seenAt, materialised: true };
}
