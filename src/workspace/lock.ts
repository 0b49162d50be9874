/**
 * Locks of places.
 *
 * Invariants:
 * - whoever writes to a place, its journal or its index holds the lock of the place's work folder;
 * - locks of several places are taken in the order of their work folders' real paths, so that two operations
 *   can never wait for each other;
 * - nothing but lock-file.ts opens the lock file: closing any other descriptor of it would drop the lock;
 * - a lock is never stale: the kernel drops it with its holder.
 */
import { join } from "node:path";
import { StetError } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import { type Disk, errorName } from "./disk.ts";
import { errorFromDisk } from "./disk-errors.ts";
import { type HeldLockFile, tryLockFile } from "./lock-file.ts";
import { takeTurn } from "./mutex.ts";
import type { Place } from "./place.ts";
import { ensureWorkFolder } from "./work-folder.ts";

/** Who a holder says it is, for those who wait. Only shown, never relied upon. */
export interface LockHolder {
  readonly processId: number;
  readonly host: string;
  readonly command: string;
}

export interface PlacesLock extends AsyncDisposable {
  /** Work folders that are held, in the order of locking. */
  readonly works: readonly string[];
  readonly release: () => void;
}

export interface LockOptions {
  readonly disk: Disk;
  readonly places: readonly Pick<Place, "work">[];
  readonly holder: LockHolder;
  readonly random: (count: number) => Uint8Array;
  /** By default `limits.lockWaitMillisecondsMax`; 0 tries once. */
  readonly waitMillisecondsMax?: number;
}

/**
 * Locks all the places, or none.
 *
 * @throws StetError E-LOCKED, naming the holder, where one stays locked for longer than the wait; E-DETACHED
 *   where the root of a place is gone (it is not made again); E-PERMISSION and E-DISK-FULL from the disk.
 */
export async function lockPlaces(options: LockOptions): Promise<PlacesLock> {
  const wait = options.waitMillisecondsMax ?? limits.lockWaitMillisecondsMax;
  const held: (() => void)[] = [];
  const release = () => {
    for (const one of held.splice(0).reverse()) one();
  };
  try {
    const works = await orderedWorks(options);
    const deadline = performance.now() + wait;
    for (const work of works) held.push(await lockWork(options, work, deadline));
    return { works, release, [Symbol.asyncDispose]: async () => release() };
  } catch (error) {
    release();
    throw errorName(error) === undefined ? error : errorFromDisk(error, "lock the folder", ".work");
  }
}

/** As `lockPlaces`, without waiting; null where another has one of the locks. For reading commands. */
export async function tryLockPlaces(
  options: Omit<LockOptions, "waitMillisecondsMax">,
): Promise<PlacesLock | null> {
  try {
    return await lockPlaces({ ...options, waitMillisecondsMax: 0 });
  } catch (error) {
    if (error instanceof StetError && error.code === "E-LOCKED") return null;
    throw error;
  }
}

async function orderedWorks(options: LockOptions): Promise<readonly string[]> {
  const works = new Set<string>();
  for (const { work } of options.places) {
    await ensureWorkFolder(options.disk, work);
    works.add(options.disk.realPath(work) ?? work);
  }
  return [...works].sort();
}

async function lockWork(options: LockOptions, work: string, deadline: number): Promise<() => void> {
  const file = join(work, "lock");
  const leave = await takeTurn(file, Math.max(0, deadline - performance.now()));
  if (leave === null) throw lockedError(options.disk, work);
  try {
    const lock = await waitForLock(options, file, deadline);
    if (lock === null) throw lockedError(options.disk, work);
    const holderFile = writeHolder(options, work);
    return () => {
      removeHolder(options.disk, holderFile);
      lock.release();
      leave();
    };
  } catch (error) {
    leave();
    throw error;
  }
}

/** Tries again after 2 ms, then up to 50 ms, each time with chance, so that waiting processes do not march in step. */
async function waitForLock(
  options: LockOptions,
  file: string,
  deadline: number,
): Promise<HeldLockFile | null> {
  let pause = 2;
  for (;;) {
    const lock = tryLockFile(file);
    if (lock !== null) return lock;
    const left = deadline - performance.now();
    if (left <= 0) return null;
    const chance = (options.random(1)[0] ?? 0) / 255;
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, pause * (0.5 + chance))));
    pause = Math.min(pause * 2, 50);
  }
}

function holderName(work: string): string {
  return join(work, "lock-holder");
}

/** Without it the lock holds all the same, so a failure to write it is passed over. */
function writeHolder(options: LockOptions, work: string): string {
  const file = holderName(work);
  try {
    if (options.disk.lstat(file) !== null) options.disk.unlink(file);
    const { processId, host, command } = options.holder;
    const text = JSON.stringify({ processId, host, command });
    options.disk.close(options.disk.createFile(file, new TextEncoder().encode(text), 0o600));
  } catch (error) {
    if (errorName(error) === undefined) throw error;
  }
  return file;
}

function removeHolder(disk: Disk, file: string): void {
  try {
    disk.unlink(file);
  } catch (error) {
    if (errorName(error) === undefined) throw error;
  }
}

function lockedError(disk: Disk, work: string): StetError {
  return new StetError({
    code: "E-LOCKED",
    what: "Another writer holds the lock of this folder.",
    where: work,
    why: `It is held by ${readHolder(disk, work)}.`,
    kept: "Nothing was done.",
    fixes: [{ cmd: "stet status", summary: "reads without the lock; try again when the other has finished" }],
  });
}

function readHolder(disk: Disk, work: string): string {
  try {
    const holder: unknown = JSON.parse(new TextDecoder().decode(disk.read(holderName(work)).bytes));
    if (typeof holder === "object" && holder !== null && "processId" in holder && "command" in holder) {
      const host = "host" in holder ? ` on ${String(holder.host)}` : "";
      return `process ${String(holder.processId)}${host} (${String(holder.command)})`;
    }
  } catch {
    // It is only a courtesy: the holder may be writing it just now, or have been another version.
  }
  return "a process that did not say who it is";
}
