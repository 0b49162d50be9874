import type { FileStamp } from "../store/checkout-store.ts";

/** What lies under a name, as `lstat` sees it: a link is a link, never what it points to. */
export type DiskKind = "file" | "folder" | "symlink" | "special";

export interface DiskStat extends FileStamp {
  readonly kind: DiskKind;
  /** Number of names that the inode has. */
  readonly links: number;
}

/** A name in a folder; `name` is null where its bytes are not UTF-8, and `shown` then stands for it in messages. */
export interface FolderEntry {
  readonly name: string | null;
  readonly shown: string;
  readonly kind: DiskKind;
}

/** A file as it was read: `before` and `after` are its stats around the read, so that a writer in between shows. */
export interface ReadFile {
  readonly bytes: Uint8Array;
  readonly before: DiskStat;
  readonly after: DiskStat;
}

/** A new file that is written but not yet known to survive a power cut. */
export interface OpenFile {
  readonly path: string;
  readonly descriptor: number;
  readonly stat: DiskStat;
}

/**
 * The file system, as the workspace uses it: one call is one step at which a test may put a fault or an end.
 * Calls are synchronous where they only touch memory of the kernel, which is several times faster than the
 * thread pool; what waits for the medium (`sync...`) is asynchronous. Errors are those of node:fs.
 *
 * Nothing here follows a symbolic link in the last segment of a path, and no call overwrites a name except
 * `rename`, `exchange` and what their callers say about them.
 */
export interface Disk {
  /** Null where there is nothing under the name. */
  readonly lstat: (path: string) => DiskStat | null;
  /** Sorted by name, so that runs can be repeated. */
  readonly list: (folder: string) => readonly FolderEntry[];
  /** Reads a regular file; never opens a fifo, socket or device for good, never follows a link. */
  readonly read: (path: string) => ReadFile;
  readonly readLink: (path: string) => string;
  /** The real path of what the name points to; null where it points nowhere. */
  readonly realPath: (path: string) => string | null;
  /** Makes a file that was not there (EEXIST else), with exactly this mode. */
  readonly createFile: (path: string, bytes: Uint8Array, mode: number) => OpenFile;
  readonly syncAndClose: (file: OpenFile) => Promise<void>;
  readonly close: (file: OpenFile) => void;
  readonly createLink: (text: string, path: string) => void;
  readonly makeFolder: (path: string) => void;
  readonly removeFolder: (path: string) => void;
  readonly syncFolder: (path: string) => Promise<void>;
  readonly rename: (from: string, to: string) => void;
  /** A second name for a file; EEXIST where the name is taken. The name may be a symbolic link's. */
  readonly link: (existing: string, name: string) => void;
  readonly unlink: (path: string) => void;
  /** Swaps two names atomically; null where neither the platform nor the file system can. */
  readonly exchange: ((one: string, other: string) => void) | null;
}

/** The POSIX name of an error of the operating system (`ENOENT`); undefined for any other error. */
export function errorName(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
