import {
  type BigIntStats,
  closeSync,
  constants,
  type Dirent,
  fchmodSync,
  fstatSync,
  fsync,
  linkSync,
  lstatSync,
  mkdirSync,
  open,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { promisify } from "node:util";
import { symlinkMode } from "../domain/files.ts";
import {
  type Disk,
  type DiskKind,
  type DiskStat,
  errorName,
  type FolderEntry,
  type OpenFile,
} from "./disk.ts";
import { loadExchange } from "./native-rename.ts";

const openLater = promisify(open);
const syncLater = promisify(fsync);
const notFollowed = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The file system of this machine. `swap: false` leaves the native swap out, as where it is not to be had. */
export function nodeDisk(options: { readonly platform: string; readonly swap?: boolean }): Disk {
  return {
    lstat,
    list,
    read,
    readLink: (path) => readlinkSync(path, "utf8"),
    realPath,
    createFile,
    syncAndClose,
    close: (file) => closeSync(file.descriptor),
    createLink: (text, path) => symlinkSync(text, path),
    makeFolder: (path) => mkdirSync(path, 0o755),
    removeFolder: (path) => rmdirSync(path),
    syncFolder,
    rename: (from, to) => renameSync(from, to),
    link: (existing, name) => linkSync(existing, name),
    unlink: (path) => unlinkSync(path),
    get exchange() {
      return options.swap === false ? null : loadExchange(options.platform);
    },
  };
}

function lstat(path: string): DiskStat | null {
  try {
    const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return found === undefined ? null : toStat(found);
  } catch (error) {
    // A file where a folder of the path should be: the path names nothing.
    if (errorName(error) === "ENOTDIR") return null;
    throw error;
  }
}

function toStat(found: BigIntStats): DiskStat {
  const kind = kindOf(found);
  return {
    kind,
    size: Number(found.size),
    mtimeNs: found.mtimeNs,
    ctimeNs: found.ctimeNs,
    device: found.dev,
    inode: found.ino,
    mode: kind === "symlink" ? symlinkMode : 0o100000 | (Number(found.mode) & 0o777),
    links: Number(found.nlink),
  };
}

function kindOf(found: BigIntStats | Dirent): DiskKind {
  if (found.isFile()) return "file";
  if (found.isDirectory()) return "folder";
  return found.isSymbolicLink() ? "symlink" : "special";
}

const replacement = "\u{fffd}";

function list(folder: string): readonly FolderEntry[] {
  const found = readdirSync(folder, { withFileTypes: true });
  const entries: FolderEntry[] = [];
  let doubtful = false;
  for (const one of found) {
    doubtful ||= one.name.includes(replacement);
    entries.push({ name: one.name, shown: one.name, kind: kindOf(one) });
  }
  if (doubtful) markIllFormed(folder, entries);
  return entries.sort((one, other) => (one.shown < other.shown ? -1 : one.shown > other.shown ? 1 : 0));
}

/** Only where the replacement character shows up are the names read again as bytes: a real one is legal. */
function markIllFormed(folder: string, entries: FolderEntry[]): void {
  const wellFormed = new Set<string>();
  for (const bytes of readdirSync(folder, { encoding: "buffer" })) {
    const text = bytes.toString("utf8");
    if (Buffer.from(text, "utf8").equals(bytes)) wellFormed.add(text);
  }
  for (const [position, entry] of entries.entries()) {
    if (!wellFormed.has(entry.shown)) entries[position] = { ...entry, name: null };
  }
}

function read(path: string) {
  const descriptor = openSync(path, notFollowed);
  try {
    const before = toStat(fstatSync(descriptor, { bigint: true }));
    if (before.kind !== "file")
      throw Object.assign(new Error(`EINVAL: not a file '${path}'`), { code: "EINVAL" });
    const bytes = readAll(descriptor, before.size);
    return { bytes, before, after: toStat(fstatSync(descriptor, { bigint: true })) };
  } finally {
    closeSync(descriptor);
  }
}

/** Reads up to `size` bytes; a file that shrinks or grows meanwhile shows in the stat after it. */
function readAll(descriptor: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(descriptor, bytes, filled, size - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return filled === size ? bytes : bytes.slice(0, filled);
}

function realPath(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const name = errorName(error);
    if (name === "ENOENT" || name === "ENOTDIR" || name === "ELOOP") return null;
    throw error;
  }
}

function createFile(path: string, bytes: Uint8Array, mode: number): OpenFile {
  const descriptor = openSync(path, "wx", 0o600);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    // Not by the mode of open: the process's umask would change it.
    fchmodSync(descriptor, mode & 0o777);
    return { path, descriptor, stat: toStat(fstatSync(descriptor, { bigint: true })) };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

async function syncAndClose(file: OpenFile): Promise<void> {
  try {
    await syncLater(file.descriptor);
  } finally {
    closeSync(file.descriptor);
  }
}

async function syncFolder(path: string): Promise<void> {
  const descriptor = await openLater(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await syncLater(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
