import type { BlobId } from "./ids.ts";

/**
 * A file's mode as `lstat` gives it, reduced to what survives a copy: `0o100000 | permissions` for a regular
 * file (permissions within 0o777), `symlinkMode` for a symbolic link, whose blob is the link's target text.
 */
export type FileMode = number;

export const regularMode: FileMode = 0o100644;
export const executableMode: FileMode = 0o100755;
export const symlinkMode: FileMode = 0o120000;

/** Whether a number is a mode that a snapshot can hold. */
export function isFileMode(mode: number): mode is FileMode {
  return mode === symlinkMode || (mode >= 0o100000 && mode <= 0o100777 && Number.isInteger(mode));
}

export function isSymlink(mode: FileMode): boolean {
  return mode === symlinkMode;
}

/** What a path holds in a snapshot or on disk. `size` is in bytes. */
export interface FileEntry {
  readonly blob: BlobId;
  readonly mode: FileMode;
  readonly size: number;
}

export function sameEntry(one: FileEntry | null, other: FileEntry | null): boolean {
  if (one === null || other === null) return one === other;
  return one.blob === other.blob && one.mode === other.mode;
}
