import { dirname } from "node:path";
import type { OperationId } from "../domain/ids.ts";
import type { Disk } from "./disk.ts";
import type { DiskChange } from "./disk-change.ts";
import { diskPath } from "./place-paths.ts";
import { asideName, stagedName } from "./work-folder.ts";

/** A change with the names that it uses on disk. */
export interface ArrangedChange {
  readonly change: DiskChange;
  readonly ordinal: number;
  readonly disk: string;
  readonly staged: string | null;
  readonly aside: string | null;
  /** Final path of the new folder that the file is part of, and where that folder is staged. */
  readonly folder: string | null;
  readonly stagedFolder: string | null;
}

/**
 * Puts changes in an order in which they can be carried out one by one, and gives each its names: deletions
 * that make room (a file where a folder comes, files of a folder where a file comes) first, then what is put,
 * then the other deletions, so that a file that moves is never absent altogether.
 *
 * Files of a folder that is not there yet are staged below one new folder, to be put by one rename.
 */
export function arrangeChanges(
  disk: Disk,
  operation: OperationId,
  changes: readonly DiskChange[],
  firstOrdinal = 0,
): readonly ArrangedChange[] {
  const located = changes.map((change) => ({ change, disk: diskPath(change.place, change.path) }));
  const put = located.filter((one) => one.change.after !== null);
  const gone = located.filter((one) => one.change.after === null);
  const putFiles = new Set(put.map((one) => one.disk));
  const putFolders = new Set(put.flatMap((one) => ancestors(one.disk)));
  const makesRoom = (path: string) =>
    putFolders.has(path) || ancestors(path).some((one) => putFiles.has(one));
  const ordered = [
    ...gone.filter((one) => makesRoom(one.disk)),
    ...put,
    ...gone.filter((one) => !makesRoom(one.disk)),
  ];
  const goneFiles = new Set(gone.map((one) => one.disk));
  const stagedFolders = new Map<string, string>();
  return ordered.map(({ change, disk: path }, position) => {
    const ordinal = firstOrdinal + position;
    const { work } = change.place;
    const aside = change.before === null ? null : asideName(work, operation, ordinal);
    const base = { change, ordinal, disk: path, aside, folder: null, stagedFolder: null };
    if (change.after === null) return { ...base, staged: null };
    const folder = change.before === null ? topMissingFolder(disk, path, goneFiles) : null;
    if (folder === null) return { ...base, staged: stagedName(work, operation, ordinal) };
    const stagedFolder = stagedFolders.get(folder) ?? stagedName(work, operation, ordinal);
    stagedFolders.set(folder, stagedFolder);
    return { ...base, folder, stagedFolder, staged: stagedFolder + path.slice(folder.length) };
  });
}

function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) found.push(folder);
  return found;
}

/** The outermost folder above `path` that is not there, or that is a file which the operation removes. */
function topMissingFolder(disk: Disk, path: string, gone: ReadonlySet<string>): string | null {
  let top: string | null = null;
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (disk.lstat(folder) !== null && !gone.has(folder)) break;
    top = folder;
  }
  return top;
}
