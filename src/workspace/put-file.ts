/**
 * Putting one file of an operation in place, from wherever an earlier attempt stopped.
 *
 * Invariants:
 * - the only evidence that a put has happened is the staged name: gone, or holding another inode than the one
 *   that was staged. Contents prove nothing: somebody may have written the same;
 * - a name is never overwritten. What is displaced is exactly the inode that a swap or a rename moved aside,
 *   and it is compared with `before` after it was moved, when nobody can put another in its place;
 * - a racing writer's file goes back under its name, or, where that is taken again, into history.
 */
import type { FileEntry } from "../domain/files.ts";
import type { JournalRow } from "../store/checkout-store.ts";
import { type Disk, errorName } from "./disk.ts";
import { entryAt, holdsEntry, inodeAt, linkIfFree, makeFoldersInside, removeEmptyFolders } from "./names.ts";

/** Keeps what lies at a path in history, as a version of the row's file of its own. */
export type KeepVersion = (row: JournalRow, path: string) => Promise<FileEntry>;

export type PutOutcome =
  /** As planned. `displaced` tells whether something lies at the row's aside name. */
  | { readonly kind: "put"; readonly displaced: FileEntry | null }
  /** A racing writer's file is under the name, and stays there. */
  | { readonly kind: "left"; readonly found: FileEntry | null }
  /** The file is in place; what a racing writer had put there is in history and at the aside name. */
  | { readonly kind: "kept"; readonly found: FileEntry };

const put: PutOutcome = { kind: "put", displaced: null };

/** Carries out one row. Throws what the disk port throws; calling it again goes on from there. */
export async function putFile(disk: Disk, row: JournalRow, keep: KeepVersion): Promise<PutOutcome> {
  if (row.after === null) return removeFile(disk, row, keep);
  if (row.staged === null || inodeAt(disk, row.staged) === null) return afterPut(disk, row, keep);
  return row.before === null
    ? putNew(disk, row, row.after, row.staged)
    : replace(disk, row, row.staged, keep);
}

/** The staged name is gone: it has happened, and only what was displaced may still have to be looked at. */
async function afterPut(disk: Disk, row: JournalRow, keep: KeepVersion): Promise<PutOutcome> {
  if (row.aside === null || inodeAt(disk, row.aside) === null) return put;
  return checkDisplaced(disk, row, row.aside, keep);
}

function putNew(disk: Disk, row: JournalRow, after: FileEntry, staged: string): PutOutcome {
  const there = disk.lstat(row.disk);
  if (there?.kind === "folder") removeEmptyFolders(disk, row.disk);
  const hasFolder = row.folder === null || makeFoldersInside(disk, row.folder, row.disk);
  if (hasFolder && linkUnlessRaced(disk, staged, row.disk)) {
    disk.unlink(staged);
    return put;
  }
  const isOurs = inodeAt(disk, row.disk) === row.stagedInode || holdsEntry(disk, row.disk, after);
  disk.unlink(staged);
  return isOurs ? put : { kind: "left", found: entryAt(disk, row.disk) };
}

/** False where the name is taken, or its folder is gone: somebody removed it, and it stays removed (BUGS D4). */
function linkUnlessRaced(disk: Disk, existing: string, name: string): boolean {
  try {
    return linkIfFree(disk, existing, name);
  } catch (error) {
    if (errorName(error) === "ENOENT" || errorName(error) === "ENOTDIR") return false;
    throw error;
  }
}

async function replace(disk: Disk, row: JournalRow, staged: string, keep: KeepVersion): Promise<PutOutcome> {
  const { aside, before } = row;
  if (aside === null || before === null) return put;
  if (inodeAt(disk, staged) !== row.stagedInode) {
    // Swapped already: the staged name holds what was displaced.
    disk.rename(staged, aside);
    return checkDisplaced(disk, row, aside, keep);
  }
  if (inodeAt(disk, row.disk) === row.stagedInode) {
    disk.unlink(staged);
    return afterPut(disk, row, keep);
  }
  if (inodeAt(disk, aside) === null) {
    if (!holdsEntry(disk, row.disk, before)) return leave(disk, row, staged);
    if (swap(disk, staged, row.disk)) {
      disk.rename(staged, aside);
      return checkDisplaced(disk, row, aside, keep);
    }
    if (!renameUnlessGone(disk, row.disk, aside)) return leave(disk, row, staged);
  }
  return fillGap(disk, row, { staged, aside, before }, keep);
}

/** The file was moved aside without a swap: its name is free for a moment, or somebody's by now. */
async function fillGap(
  disk: Disk,
  row: JournalRow,
  names: { readonly staged: string; readonly aside: string; readonly before: FileEntry },
  keep: KeepVersion,
): Promise<PutOutcome> {
  if (holdsEntry(disk, names.aside, names.before)) {
    const isPut = linkUnlessRaced(disk, names.staged, row.disk);
    disk.unlink(names.staged);
    return isPut
      ? { kind: "put", displaced: names.before }
      : { kind: "left", found: entryAt(disk, row.disk) };
  }
  const outcome = await giveBack(disk, row, names.aside, keep);
  disk.unlink(names.staged);
  return outcome;
}

function leave(disk: Disk, row: JournalRow, staged: string): PutOutcome {
  disk.unlink(staged);
  if (row.after !== null && holdsEntry(disk, row.disk, row.after)) return put;
  return { kind: "left", found: entryAt(disk, row.disk) };
}

/** False where no swap is to be had here, or one of the names is gone. */
export function swap(disk: Disk, one: string, other: string): boolean {
  const { exchange } = disk;
  if (exchange === null) return false;
  try {
    exchange(one, other);
    return true;
  } catch (error) {
    if (["EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "ENOENT"].includes(errorName(error) ?? ""))
      return false;
    throw error;
  }
}

export function renameUnlessGone(disk: Disk, from: string, to: string): boolean {
  try {
    disk.rename(from, to);
    return true;
  } catch (error) {
    if (errorName(error) === "ENOENT") return false;
    throw error;
  }
}

/** Compares what was displaced with what the plan saw. It can only differ by a writer that got between. */
async function checkDisplaced(
  disk: Disk,
  row: JournalRow,
  aside: string,
  keep: KeepVersion,
): Promise<PutOutcome> {
  const { before } = row;
  if (before !== null && holdsEntry(disk, aside, before)) return { kind: "put", displaced: before };
  const isOurs = inodeAt(disk, row.disk) === row.stagedInode;
  if (isOurs) swap(disk, aside, row.disk);
  if (inodeAt(disk, aside) === row.stagedInode && row.after !== null && holdsEntry(disk, aside, row.after)) {
    disk.unlink(aside);
    return { kind: "left", found: entryAt(disk, row.disk) };
  }
  // No swap, or yet another writer came and the aside name holds that one's file.
  return giveBack(disk, row, aside, keep);
}

async function removeFile(disk: Disk, row: JournalRow, keep: KeepVersion): Promise<PutOutcome> {
  const { aside, before } = row;
  if (aside === null || before === null) return put;
  if (inodeAt(disk, aside) === null) {
    if (disk.lstat(row.disk) === null) return put;
    if (!holdsEntry(disk, row.disk, before)) return { kind: "left", found: entryAt(disk, row.disk) };
    if (!renameUnlessGone(disk, row.disk, aside)) return put;
  }
  if (holdsEntry(disk, aside, before)) return { kind: "put", displaced: before };
  return giveBack(disk, row, aside, keep);
}

/** Puts a racing writer's file back under its name; where that is taken again, keeps it in history. */
async function giveBack(disk: Disk, row: JournalRow, aside: string, keep: KeepVersion): Promise<PutOutcome> {
  const isBack = inodeAt(disk, row.disk) === inodeAt(disk, aside);
  if (!isBack && !linkUnlessRaced(disk, aside, row.disk))
    return { kind: "kept", found: await keep(row, aside) };
  disk.unlink(aside);
  return { kind: "left", found: entryAt(disk, row.disk) };
}
