import { type FileEntry, sameEntry } from "../domain/files.ts";
import { comparePaths } from "../domain/paths.ts";
import type { IndexEntry } from "../store/checkout-store.ts";
import type { Scan, ScannedFile } from "./scan.ts";

/** What a scan found to differ from history. */
export interface Capture {
  /** In the order of the paths; never one whose `before` equals its `after`. */
  readonly changes: readonly {
    readonly path: string;
    readonly before: FileEntry | null;
    readonly after: FileEntry | null;
    /** What the scan still holds of it; null where it is to be read again, and for a deletion. */
    readonly bytes: Uint8Array | null;
  }[];
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
  scan: Scan,
  present: ReadonlyMap<string, FileEntry>,
  options: { readonly lossConfirmed?: boolean } = {},
): Capture {
  const changes: Capture["changes"][number][] = [];
  const put: IndexEntry[] = [];
  const unsettled: string[] = [];
  for (const [path, file] of scan.files) {
    const before = present.get(path) ?? null;
    const differs = !sameEntry(before, file.entry);
    if (differs) changes.push({ path, before, after: file.entry, bytes: file.bytes });
    if (file.unsettled) unsettled.push(path);
    else if (file.changed || differs) put.push(indexEntry(path, file));
  }
  const isWithheld = scan.loss !== null && (options.lossConfirmed !== true || scan.root === "replaced");
  const gone = isWithheld ? [] : scan.absent;
  for (const path of gone) {
    const before = present.get(path);
    if (before !== undefined) changes.push({ path, before, after: null, bytes: null });
  }
  changes.sort((one, other) => comparePaths(one.path, other.path));
  return {
    changes,
    index: { put, drop: [...gone] },
    withheld: isWithheld ? [...scan.absent] : [],
    unsettled,
  };
}

/** What the index is to say of a file that was looked at; captured files count as materialised here. */
export function indexEntry(path: string, file: ScannedFile): IndexEntry {
  return { path, stamp: file.stamp, blob: file.entry.blob, seenAt: file.seenAt, materialised: true };
}
