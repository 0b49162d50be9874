import { dirname } from "node:path";
import type { JournalRow } from "../store/checkout-store.ts";
import { type Disk, errorName } from "./disk.ts";
import { inodeAt, quietly, removeEmptyFolders, stagedFolderOf } from "./names.ts";
import { type KeepVersion, type PutOutcome, putFile } from "./put-file.ts";
import { nextTurn } from "./scan.ts";
import { inParallel } from "./stage.ts";

export interface PutRow {
  readonly row: JournalRow;
  readonly outcome: PutOutcome;
}

/**
 * Puts all rows in place, in their order, and makes the names durable: one fsync for each folder that changed,
 * and one for each staging folder with something set aside. Idempotent.
 */
export async function putRows(
  disk: Disk,
  rows: readonly JournalRow[],
  keep: KeepVersion,
): Promise<readonly PutRow[]> {
  const done: PutRow[] = [];
  const folders = Map.groupBy(rows, (row) => stagedFolderOf(row));
  const started = new Set<string>();
  for (const [position, row] of rows.entries()) {
    if (position % 128 === 127) await nextTurn();
    const stagedFolder = stagedFolderOf(row);
    if (stagedFolder !== null && !started.has(stagedFolder)) {
      started.add(stagedFolder);
      putFolder(disk, stagedFolder, folders.get(stagedFolder) ?? []);
    }
    done.push({ row, outcome: await putFile(disk, row, keep) });
  }
  for (const folder of started) quietly(() => removeEmptyFolders(disk, folder));
  await inParallel(foldersToSync(disk, rows), (folder) => syncIfThere(disk, folder));
  return done;
}

/**
 * Puts a new folder by one rename, so that it appears whole. Where somebody has made a folder of that name
 * meanwhile, or an earlier attempt had begun to, its files are put one by one instead.
 */
function putFolder(disk: Disk, stagedFolder: string, rows: readonly JournalRow[]): void {
  const final = rows[0]?.folder ?? null;
  if (final === null || disk.lstat(stagedFolder) === null || disk.lstat(final) !== null) return;
  const isWhole = rows.every((row) => row.staged !== null && inodeAt(disk, row.staged) === row.stagedInode);
  if (!isWhole) return;
  try {
    disk.rename(stagedFolder, final);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOTDIR", "ENOENT"].includes(errorName(error) ?? "")) throw error;
  }
}

/** Folders whose names changed: that of each file, or the one above a folder that was put whole. */
export function foldersToSync(disk: Disk, rows: readonly JournalRow[]): readonly string[] {
  const folders = new Set<string>();
  for (const row of rows) {
    folders.add(dirname(row.folder ?? row.disk));
    if (row.aside !== null && inodeAt(disk, row.aside) !== null) folders.add(dirname(row.aside));
  }
  return [...folders];
}

/** A folder that somebody removed meanwhile needs no sync. */
export async function syncIfThere(disk: Disk, folder: string): Promise<void> {
  try {
    await disk.syncFolder(folder);
  } catch (error) {
    if (errorName(error) !== "ENOENT" && errorName(error) !== "ENOTDIR") throw error;
  }
}
