/**
 * Taking back what an operation put in place. Same evidence and same care as putting (see put-file.ts): what
 * somebody else wrote meanwhile stays, and is captured later as the edit that it is.
 */
import type { FileEntry } from "../domain/files.ts";
import type { JournalRow } from "../store/checkout-store.ts";
import { type Disk, errorName } from "./disk.ts";
import { holdsEntry, inodeAt, linkIfFree, quietly, removeEmptyFolders, stagedFolderOf } from "./names.ts";
import { foldersToSync, syncIfThere } from "./put.ts";
import { type KeepVersion, renameUnlessGone, swap } from "./put-file.ts";
import { inParallel } from "./stage.ts";
import { asideName, workFolderOf } from "./work-folder.ts";

export interface StuckRow {
  readonly row: JournalRow;
  readonly why: string;
}

/** Takes rows back, last first. A row that cannot be is named with the reason, and holds up no other. */
export async function rollBackRows(
  disk: Disk,
  rows: readonly JournalRow[],
  keep: KeepVersion,
): Promise<readonly StuckRow[]> {
  const stuck: StuckRow[] = [];
  const folders = foldersToSync(disk, rows);
  const whole = takeBackFolders(disk, rows);
  for (const row of [...rows].reverse()) {
    const stagedFolder = stagedFolderOf(row);
    if (stagedFolder !== null && whole.has(stagedFolder)) continue;
    try {
      await takeBack(disk, row, keep);
    } catch (error) {
      stuck.push({ row, why: whyStuck(error) });
    }
  }
  for (const row of rows) cleanFolders(disk, row);
  try {
    await inParallel(folders, (folder) => syncIfThere(disk, folder));
  } catch (error) {
    const row = rows[0];
    if (row !== undefined && stuck.length === 0) stuck.push({ row, why: whyStuck(error) });
  }
  return stuck;
}

function whyStuck(error: unknown): string {
  return `it could not be taken back (${errorName(error) ?? (error instanceof Error ? error.message : String(error))})`;
}

function cleanFolders(disk: Disk, row: JournalRow): void {
  const stagedFolder = stagedFolderOf(row);
  if (stagedFolder === null || row.folder === null) return;
  const { folder } = row;
  // An empty folder that stays behind costs nothing; the files are what counts.
  quietly(() => removeEmptyFolders(disk, stagedFolder));
  quietly(() => removeEmptyFolders(disk, folder));
}

/**
 * Takes new folders back by one rename each, as they came. One that holds anything else than what was put
 * there goes back at once and is taken apart file by file. Gives the staged folders that are done with.
 */
function takeBackFolders(disk: Disk, rows: readonly JournalRow[]): ReadonlySet<string> {
  const done = new Set<string>();
  for (const [stagedFolder, group] of Map.groupBy(rows, (row) => stagedFolderOf(row))) {
    const folder = group[0]?.folder ?? null;
    if (stagedFolder === null || folder === null) continue;
    try {
      if (takeBackFolder(disk, stagedFolder, folder, group)) done.add(stagedFolder);
    } catch (error) {
      if (errorName(error) === undefined) throw error;
    }
  }
  return done;
}

function takeBackFolder(
  disk: Disk,
  stagedFolder: string,
  folder: string,
  rows: readonly JournalRow[],
): boolean {
  if (disk.lstat(stagedFolder) !== null || disk.lstat(folder)?.kind !== "folder") return false;
  if (!rows.every((row) => inodeAt(disk, row.disk) === row.stagedInode)) return false;
  if (!renameUnlessGone(disk, folder, stagedFolder)) return false;
  const isOurs =
    countFiles(disk, stagedFolder) === rows.length &&
    rows.every((row) => row.staged !== null && row.after !== null && holdsEntry(disk, row.staged, row.after));
  if (!isOurs) {
    disk.rename(stagedFolder, folder);
    return false;
  }
  for (const row of rows) if (row.staged !== null) disk.unlink(row.staged);
  removeEmptyFolders(disk, stagedFolder);
  return true;
}

function countFiles(disk: Disk, folder: string): number {
  let count = 0;
  for (const entry of disk.list(folder)) {
    count += entry.kind === "folder" ? countFiles(disk, `${folder}/${entry.shown}`) : 1;
  }
  return count;
}

async function takeBack(disk: Disk, row: JournalRow, keep: KeepVersion): Promise<void> {
  const { after, staged, aside } = row;
  if (after === null) restoreAside(disk, row);
  else if (staged !== null && aside === null) await takeBackNew(disk, row, { staged, after }, keep);
  else if (staged !== null && aside !== null)
    await takeBackReplaced(disk, row, { staged, aside, after }, keep);
}

/** Gives what was set aside its name again. A name that is taken by now is somebody's later edit. */
function restoreAside(disk: Disk, row: JournalRow): void {
  if (row.aside === null || inodeAt(disk, row.aside) === null) return;
  const isBack = inodeAt(disk, row.disk) === inodeAt(disk, row.aside);
  if (isBack || linkIfFree(disk, row.aside, row.disk)) disk.unlink(row.aside);
}

/** Removes our own file from `spot`. One that was edited there returns to its place, or goes into history. */
async function discard(
  disk: Disk,
  row: JournalRow,
  spot: string,
  after: FileEntry,
  keep: KeepVersion,
): Promise<void> {
  if (inodeAt(disk, spot) === null) return;
  if (!holdsEntry(disk, spot, after) && !linkIfFree(disk, spot, row.disk)) await keep(row, spot);
  disk.unlink(spot);
}

async function takeBackNew(
  disk: Disk,
  row: JournalRow,
  names: { readonly staged: string; readonly after: FileEntry },
  keep: KeepVersion,
): Promise<void> {
  // A staged name inside a staged folder has no folder to lie in any more once that was put.
  const work = workFolderOf(names.staged, row.operation);
  const spot =
    row.folder === null || work === null ? names.staged : asideName(work, row.operation, row.ordinal);
  await discard(disk, row, names.staged, names.after, keep);
  if (spot !== names.staged) await discard(disk, row, spot, names.after, keep);
  if (inodeAt(disk, row.disk) !== row.stagedInode || !holdsEntry(disk, row.disk, names.after)) return;
  if (renameUnlessGone(disk, row.disk, spot)) await discard(disk, row, spot, names.after, keep);
}

async function takeBackReplaced(
  disk: Disk,
  row: JournalRow,
  names: { readonly staged: string; readonly aside: string; readonly after: FileEntry },
  keep: KeepVersion,
): Promise<void> {
  const { staged, aside, after } = names;
  const stagedInode = inodeAt(disk, staged);
  if (stagedInode !== null && stagedInode !== row.stagedInode) disk.rename(staged, aside);
  await discard(disk, row, staged, after, keep);
  const isOurs = inodeAt(disk, row.disk) === row.stagedInode && holdsEntry(disk, row.disk, after);
  if (!isOurs || inodeAt(disk, aside) === null) return restoreAside(disk, row);
  if (swap(disk, aside, row.disk)) {
    if (inodeAt(disk, aside) === row.stagedInode && holdsEntry(disk, aside, after)) disk.unlink(aside);
    // Edited in the meantime: the edit stays where it was, and what it replaced is in history.
    else swap(disk, aside, row.disk);
  } else if (renameUnlessGone(disk, row.disk, staged)) {
    if (holdsEntry(disk, staged, after)) restoreAside(disk, row);
    await discard(disk, row, staged, after, keep);
  }
}
