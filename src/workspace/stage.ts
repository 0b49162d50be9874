import { dirname } from "node:path";
import { StetError } from "../domain/errors.ts";
import { type FileEntry, isSymlink } from "../domain/files.ts";
import type { BlobId } from "../domain/ids.ts";
import type { ArrangedChange } from "./arrange.ts";
import type { Disk, DiskStat } from "./disk.ts";
import type { BlobReader } from "./disk-change.ts";
import { stopIfInterrupted } from "./interruption.ts";
import { baseOf } from "./place-paths.ts";
import { ensureWorkFolder, stagingFolder } from "./work-folder.ts";

/** Identity of each staged file, by ordinal. */
export type StagedStats = ReadonlyMap<number, DiskStat>;

/** As many as node's thread pool can wait for at a time. */
const syncsAtOnce = 4;
const blobsAtOnce = 64;

/**
 * Writes every new file under its staged name and makes files, folders and names durable. Nothing that a
 * runtime reads is touched. A full disk or a missing permission shows here.
 *
 * @throws the disk port's errors, or E-OBJECT-MISSING; what was staged until then is left to `unstage`.
 */
export async function stage(
  disk: Disk,
  arranged: readonly ArrangedChange[],
  readBlobs: BlobReader,
  interrupt?: AbortSignal,
): Promise<StagedStats> {
  const puts = arranged.filter((one) => one.staged !== null);
  const works = new Set(arranged.map((one) => one.change.place.work));
  for (const work of works) await ensureWorkFolder(disk, work);
  for (const one of puts) checkSameFileSystem(disk, one);
  const folders = makeStagedFolders(disk, puts);
  const stats = new Map<number, DiskStat>();
  for (let start = 0; start < puts.length; start += blobsAtOnce) {
    await stopIfInterrupted(interrupt);
    const group = puts.slice(start, start + blobsAtOnce);
    const bytes = await readAll(readBlobs, group);
    await inParallel(group, (one) => stageOne(disk, one, bytes, stats));
  }
  await inParallel([...folders].reverse(), (folder) => disk.syncFolder(folder));
  const staged = new Set(puts.map((one) => stagingFolder(one.change.place.work)));
  await inParallel([...staged], (folder) => disk.syncFolder(folder));
  return stats;
}

/** A rename cannot cross file systems: better found out before anything is written. */
function checkSameFileSystem(disk: Disk, one: ArrangedChange): void {
  let folder = dirname(one.folder ?? one.disk);
  while (disk.lstat(folder) === null && folder !== dirname(folder)) folder = dirname(folder);
  const work = disk.lstat(stagingFolder(one.change.place.work));
  if (work?.device === disk.lstat(folder)?.device) return;
  throw new StetError({
    code: "E-IO",
    what: "stet could not prepare the files.",
    where: one.change.path,
    why: `It lies on another file system than the work folder of ${baseOf(one.change.place, one.change.path)}.`,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet doctor", summary: "shows how the places of this collection are laid out" }],
  });
}

/** Makes the folders that new folders consist of, outermost first, and gives them in that order. */
function makeStagedFolders(disk: Disk, puts: readonly ArrangedChange[]): readonly string[] {
  const made: string[] = [];
  const known = new Set<string>();
  const make = (folder: string, top: string) => {
    if (known.has(folder)) return;
    known.add(folder);
    if (folder !== top) make(dirname(folder), top);
    disk.makeFolder(folder);
    made.push(folder);
  };
  for (const one of puts) {
    if (one.staged !== null && one.stagedFolder !== null) make(dirname(one.staged), one.stagedFolder);
  }
  return made;
}

async function readAll(
  readBlobs: BlobReader,
  group: readonly ArrangedChange[],
): Promise<ReadonlyMap<BlobId, Uint8Array>> {
  const wanted = [
    ...new Set(group.flatMap((one) => (one.change.after === null ? [] : [one.change.after.blob]))),
  ];
  const found = await readBlobs(wanted);
  const bytes = new Map<BlobId, Uint8Array>();
  for (const [position, id] of wanted.entries()) {
    const one = found[position];
    if (one === undefined) throw missingBlob(id);
    bytes.set(id, one);
  }
  return bytes;
}

function missingBlob(id: BlobId): StetError {
  return new StetError({
    code: "E-OBJECT-MISSING",
    what: "A version that is to be put on disk is not in the store.",
    where: id,
    why: "It was pruned or is lost.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet verify", summary: "shows what the store lacks and why" }],
  });
}

async function stageOne(
  disk: Disk,
  one: ArrangedChange,
  bytes: ReadonlyMap<BlobId, Uint8Array>,
  stats: Map<number, DiskStat>,
): Promise<void> {
  const { after } = one.change;
  if (one.staged === null || after === null) return;
  stats.set(
    one.ordinal,
    await writeDurably(disk, one, one.staged, after, bytes.get(after.blob) ?? new Uint8Array()),
  );
}

/**
 * A file never has the time of the one that it replaces, however coarse the clock: who compares times would take one
 * for the other (BUGS S1).
 */
async function createLater(disk: Disk, replaced: string, path: string, bytes: Uint8Array, mode: number) {
  const before = disk.lstat(replaced)?.mtimeNs;
  for (;;) {
    const file = disk.createFile(path, bytes, mode);
    if (file.stat.mtimeNs !== before) return file;
    disk.close(file);
    disk.unlink(path);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function writeDurably(
  disk: Disk,
  { disk: replaced }: ArrangedChange,
  path: string,
  entry: FileEntry,
  bytes: Uint8Array,
): Promise<DiskStat> {
  if (isSymlink(entry.mode)) {
    disk.createLink(new TextDecoder().decode(bytes), path);
    const stat = disk.lstat(path);
    if (stat === null) throw Object.assign(new Error(`ENOENT: '${path}'`), { code: "ENOENT" });
    return stat;
  }
  const file = await createLater(disk, replaced, path, bytes, entry.mode);
  await disk.syncAndClose(file);
  return file.stat;
}

/** Runs `work` on every item, a few at a time. The first failure is thrown after those under way have ended. */
export async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const failures: unknown[] = [];
  const lane = async () => {
    while (next < items.length && failures.length === 0) {
      const item = items[next++];
      if (item === undefined) return;
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: syncsAtOnce }, lane));
  if (failures.length > 0) throw failures[0];
}
