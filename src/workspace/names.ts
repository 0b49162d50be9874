import { dirname } from "node:path";
import { type FileEntry, sameEntry } from "../domain/files.ts";
import type { JournalRow } from "../store/checkout-store.ts";
import { type Disk, errorName } from "./disk.ts";
import { readSteady } from "./read-steady.ts";

/** Gives a file a further name, if that is free. False where something has it already. */
export function linkIfFree(disk: Disk, existing: string, name: string): boolean {
  try {
    disk.link(existing, name);
    return true;
  } catch (error) {
    if (errorName(error) === "EEXIST") return false;
    throw error;
  }
}

export function inodeAt(disk: Disk, path: string): bigint | null {
  return disk.lstat(path)?.inode ?? null;
}

/** What a name holds as an entry; null for nothing, and for what cannot be told (a folder, unreadable). */
export function entryAt(disk: Disk, path: string): FileEntry | null {
  try {
    return readSteady(disk, path)?.entry ?? null;
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    return null;
  }
}

/** Whether a name holds exactly this file. Unlike null entries, an unreadable file never equals anything. */
export function holdsEntry(disk: Disk, path: string, expected: FileEntry): boolean {
  const found = entryAt(disk, path);
  return found !== null && sameEntry(found, expected);
}

export function unlinkIfThere(disk: Disk, path: string): void {
  ignoring(["ENOENT"], () => disk.unlink(path));
}

/** Removes a folder and the folders in it as far as they are empty; files stay, and with them their folders. */
export function removeEmptyFolders(disk: Disk, folder: string): void {
  if (disk.lstat(folder)?.kind !== "folder") return;
  for (const entry of disk.list(folder)) {
    if (entry.kind === "folder" && entry.name !== null) removeEmptyFolders(disk, `${folder}/${entry.name}`);
  }
  ignoring(["ENOTEMPTY", "EEXIST", "ENOENT"], () => disk.removeFolder(folder));
}

function ignoring(names: readonly string[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!names.includes(errorName(error) ?? "")) throw error;
  }
}

/** For what is only tidying: a refusal of the operating system changes nothing that counts. */
export function quietly(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (errorName(error) === undefined) throw error;
  }
}

/** Where the new folder that a row's file is part of is staged; null for a file that is put by itself. */
export function stagedFolderOf(row: JournalRow): string | null {
  if (row.folder === null || row.staged === null) return null;
  return row.staged.slice(0, row.staged.length - (row.disk.length - row.folder.length));
}

/** Makes the folders of a file inside `top`, which must be there itself; false where it is not. */
export function makeFoldersInside(disk: Disk, top: string, file: string): boolean {
  if (disk.lstat(top)?.kind !== "folder") return false;
  const missing: string[] = [];
  for (let folder = dirname(file); folder.length > top.length; folder = dirname(folder)) {
    if (disk.lstat(folder) === null) missing.unshift(folder);
  }
  for (const folder of missing) ignoring(["EEXIST"], () => disk.makeFolder(folder));
  return true;
}
