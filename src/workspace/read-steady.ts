import { type FileEntry, symlinkMode } from "../domain/files.ts";
import { limits } from "../domain/limits.ts";
import { blobId } from "../snapshot/hash.ts";
import type { Disk, DiskStat } from "./disk.ts";
import { sameStamp } from "./index-compare.ts";

/** The content of a file or the text of a link, whole, with the identity of what was read. */
export interface SteadyContent {
  readonly entry: FileEntry;
  readonly bytes: Uint8Array;
  readonly stamp: DiskStat;
  /** Set where the file still changed under the last of several reads. */
  readonly unsettled: boolean;
}

const encoder = new TextEncoder();

/**
 * Reads what lies at `path`, again while it changes under the read, `limits.restlessReadsMax` times at most.
 *
 * @returns null where there is nothing, or nothing that has content (a folder, a fifo, a socket, a device).
 * @throws the error of node:fs where it cannot be read.
 */
export function readSteady(disk: Disk, path: string): SteadyContent | null {
  let last: SteadyContent | null = null;
  for (let attempt = 0; attempt < limits.restlessReadsMax; attempt++) {
    const stat = disk.lstat(path);
    if (stat === null) return null;
    if (stat.kind === "symlink") return linkContent(disk, path, stat);
    if (stat.kind !== "file") return null;
    const { bytes, before, after } = disk.read(path);
    // The name too is looked at again: a file put there by rename leaves the one that was read untouched.
    const named = disk.lstat(path);
    const entry = { blob: blobId(bytes), mode: after.mode, size: bytes.length };
    const isSteady =
      sameStamp(before, after) && bytes.length === after.size && named !== null && sameStamp(named, after);
    last = { entry, bytes, stamp: after, unsettled: !isSteady };
    if (isSteady) return last;
  }
  return last;
}

function linkContent(disk: Disk, path: string, stamp: DiskStat): SteadyContent {
  const bytes = encoder.encode(disk.readLink(path));
  const entry = { blob: blobId(bytes), mode: symlinkMode, size: bytes.length };
  return { entry, bytes, stamp, unsettled: false };
}
