import { type FileEntry, isSymlink, sameEntry } from "../domain/files.ts";
import { limits } from "../domain/limits.ts";
import type { NewBlob } from "../snapshot/object-source.ts";
import { type Disk, errorName } from "./disk.ts";
import type { DiskChange, MovedFile } from "./disk-change.ts";
import { baseOf, diskPath, foldersBetween } from "./place-paths.ts";
import { readSteady } from "./read-steady.ts";
import { linkLeaves, nextTurn } from "./scan.ts";

/** Keeps the content of files that are as planned and will be replaced or removed. Told of a few at a time. */
export type KeepDisplaced = (blobs: readonly NewBlob[]) => Promise<void>;

/** Files read between two turns of the event loop. */
const filesPerTurn = 256;

export type Ignored = (change: DiskChange) => boolean;

/**
 * Reads every file that the changes will replace, remove or find absent, and compares it with the plan. Nothing
 * is taken from the index here: what is about to be replaced is always hashed. Gives the files that are not as planned.
 */
export async function verifyPlanned(
  disk: Disk,
  changes: readonly DiskChange[],
  ignored: Ignored,
  keep: KeepDisplaced,
): Promise<readonly MovedFile[]> {
  const moved: MovedFile[] = [];
  let displaced: NewBlob[] = [];
  const removed = new Set(
    changes.filter((one) => one.after === null).map((one) => diskPath(one.place, one.path)),
  );
  const folders = new Map<string, boolean>();
  for (const [position, change] of changes.entries()) {
    if (position % filesPerTurn === filesPerTurn - 1) {
      await nextTurn();
      await keep(displaced);
      displaced = [];
    }
    const found = ignored(change) ? "blocked" : look(disk, change, removed, folders);
    if (found === "blocked") moved.push(movedFile(change, null, "blocked"));
    else if (!sameEntry(found.entry, change.before)) moved.push(movedFile(change, found.entry, "changed"));
    else if (found.entry !== null && found.bytes !== null) {
      displaced.push({ kind: "blob", id: found.entry.blob, bytes: found.bytes });
    }
  }
  if (moved.length === 0) await keep(displaced);
  return moved;
}

function movedFile(change: DiskChange, found: FileEntry | null, why: MovedFile["why"]): MovedFile {
  return { place: change.place.name, checkout: change.place.checkout, path: change.path, found, why };
}

interface Looked {
  readonly entry: FileEntry | null;
  readonly bytes: Uint8Array | null;
}

function look(
  disk: Disk,
  change: DiskChange,
  removed: ReadonlySet<string>,
  folders: Map<string, boolean>,
): Looked | "blocked" {
  const base = baseOf(change.place, change.path);
  const path = diskPath(change.place, change.path);
  try {
    if (!foldersAreReal(disk, base, path, removed, folders)) return "blocked";
    const stat = disk.lstat(path);
    if (stat === null) return { entry: null, bytes: null };
    if (stat.kind === "folder")
      return isGivenUp(disk, path, removed) ? { entry: null, bytes: null } : "blocked";
    if (stat.kind === "special" || stat.size > limits.blobBytesMax) return "blocked";
    if (isSymlink(stat.mode) && linkLeaves(disk, base, path)) return "blocked";
    const content = readSteady(disk, path);
    if (content?.unsettled) return "blocked";
    return content ?? { entry: null, bytes: null };
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    return "blocked";
  }
}

/** Every folder on the way that exists is a folder, not a link that would lead a write elsewhere (BUGS D6). */
function foldersAreReal(
  disk: Disk,
  base: string,
  path: string,
  removed: ReadonlySet<string>,
  known: Map<string, boolean>,
): boolean {
  for (const folder of foldersBetween(base, path)) {
    let isReal = known.get(folder);
    if (isReal === undefined) {
      const kind = disk.lstat(folder)?.kind;
      isReal = kind === undefined || kind === "folder" || removed.has(folder);
      known.set(folder, isReal);
    }
    if (!isReal) return false;
  }
  return true;
}

/** Whether a folder holds nothing but what the same operation removes: a file may then take its name. */
function isGivenUp(disk: Disk, folder: string, removed: ReadonlySet<string>): boolean {
  return disk.list(folder).every((entry) => {
    const path = `${folder}/${entry.shown}`;
    if (entry.name === null) return false;
    return entry.kind === "folder" ? isGivenUp(disk, path, removed) : removed.has(path);
  });
}
