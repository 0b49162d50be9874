import { dirname } from "node:path";
import type { WallClock } from "../domain/clock.ts";
import type { OperationId } from "../domain/ids.ts";
import type { Aside, FileStamp, IndexEntry, JournalRow, LocalBatch } from "../store/checkout-store.ts";
import type { Disk } from "./disk.ts";
import type { MovedFile } from "./disk-change.ts";
import { entryAt, quietly } from "./names.ts";
import type { Place } from "./place.ts";
import { diskPath } from "./place-paths.ts";
import type { PutRow } from "./put.ts";

/** What remains to be written down after everything is in place. Need not be durable: recovery finds it again. */
export function finishedLocal(
  disk: Disk,
  clock: WallClock,
  operations: readonly OperationId[],
  rows: readonly PutRow[],
): LocalBatch {
  const asides: Aside[] = [];
  for (const { row } of rows) {
    const aside = asideOf(disk, clock, row);
    if (aside !== null) asides.push(aside);
  }
  return { index: indexChanges(disk, rows), asides, dropJournal: operations };
}

function asideOf(disk: Disk, clock: WallClock, row: JournalRow): Aside | null {
  if (row.aside === null) return null;
  const entry = entryAt(disk, row.aside);
  if (entry === null) return null;
  const { checkout, place, path } = row;
  return { disk: row.aside, checkout, place, path, blob: entry.blob, since: clock.now() };
}

function indexChanges(disk: Disk, rows: readonly PutRow[]) {
  const places = Map.groupBy(rows, ({ row }) => `${row.checkout} ${row.place}`);
  return [...places.values()].flatMap((group) => {
    const first = group[0]?.row;
    if (first === undefined) return [];
    const put = group.flatMap((one) => indexEntryOf(disk, one) ?? []);
    const drop = group.filter(isDropped).map(({ row }) => row.path);
    return [{ checkout: first.checkout, place: first.place, put, drop }];
  });
}

function isDropped({ row, outcome }: PutRow): boolean {
  return row.after === null && outcome.kind !== "left";
}

/** A stamp that no file has: what is under the name is looked at again by the next scan. */
const unknownStamp: Omit<FileStamp, "size" | "mode"> = { mtimeNs: 0n, ctimeNs: 0n, device: 0n, inode: 0n };

/**
 * Before the first look: files that were put here are all read once more by the next scan. Between the put and
 * this record somebody may have edited one in place, and its stamp would then vouch for what is not there.
 */
const neverSeen = 0;

/**
 * The index says what was put, and so that it was materialised here: a file that a racing writer changed or
 * removed since then shows as a later edit.
 */
function indexEntryOf(disk: Disk, { row, outcome }: PutRow): IndexEntry | null {
  const entry = row.after;
  if (entry === null) return null;
  const stat = outcome.kind === "left" ? null : disk.lstat(row.disk);
  const isOurs = stat !== null && stat.inode === row.stagedInode && stat.size === entry.size;
  const { size, mode } = entry;
  const stamp = isOurs ? toStamp(stat) : { ...unknownStamp, size, mode };
  return { path: row.path, stamp, blob: entry.blob, seenAt: neverSeen, materialised: true };
}

function toStamp({ size, mtimeNs, ctimeNs, device, inode, mode }: FileStamp): FileStamp {
  return { size, mtimeNs, ctimeNs, device, inode, mode };
}

/** What racing writers did, as the outcome of the operation reports it. */
export function racedFiles(rows: readonly PutRow[]): readonly MovedFile[] {
  return rows.flatMap(({ row, outcome }) => {
    if (outcome.kind === "put") return [];
    const { place, checkout, path } = row;
    return [
      { place, checkout, path, found: outcome.found, why: outcome.kind === "kept" ? "kept" : "changed" },
    ];
  });
}

/**
 * Removes the folders that deletions left empty, up to those that stay: the places' own (`stayingFolders`) and
 * the first folder of each path. A folder with anything in it stays too (BUGS D5).
 */
export function removeEmptied(disk: Disk, rows: readonly JournalRow[], staying: ReadonlySet<string>): void {
  for (const row of rows) {
    if (row.after !== null) continue;
    const below = row.path
      .replace(/^@[^/]*\//, "")
      .split("/")
      .slice(1, -1).length;
    let folder = dirname(row.disk);
    for (let level = 0; level < below && !staying.has(folder); level++) {
      if (!removeIfEmpty(disk, folder)) break;
      folder = dirname(folder);
    }
  }
}

/** Folders that stay though they are empty: bases, mounts and the folders of scanned parts. */
export function stayingFolders(places: readonly Place[]): ReadonlySet<string> {
  const staying = new Set<string>();
  for (const place of new Set(places)) {
    staying.add(place.base);
    for (const mount of place.mounts) staying.add(mount.base);
    for (const part of place.scanned) if (part.kind === "folder") staying.add(diskPath(place, part.path));
  }
  return staying;
}

function removeIfEmpty(disk: Disk, folder: string): boolean {
  quietly(() => disk.removeFolder(folder));
  return disk.lstat(folder) === null;
}
