/**
 * A disk that notes what it is asked and what it answers, so that somebody can find out later whether it would
 * still answer the same.
 *
 * Invariants:
 * - the notes are everything that was asked and answered, or null: never a part of it;
 * - they are null where an answer could be another one by now and nobody could tell: what was changed so close to
 *   the look that a second change could carry the same times (`isRacy`), what was answered in two ways, a folder
 *   on a file system whose folders may not tell what is put into them, an error that is no absence, and wherever
 *   something was written;
 * - what a folder lists is known by the folder's stamp, taken before it was listed.
 */
import type { Micros } from "../domain/clock.ts";
import { type Disk, type DiskStat, errorName } from "./disk.ts";
import { type DiskNotes, folderIdentityText, StampTable } from "./disk-notes.ts";
import { isRacy, sameStamp } from "./index-compare.ts";

export interface NotedDisk {
  /** The disk to look through. */
  readonly disk: Disk;
  readonly notes: () => DiskNotes | null;
}

/**
 * @param options.began the wall clock's time, before anything was asked.
 * @param options.tellsOfNames whether the times of a folder change with the names in it; asked once a device.
 */
export function notedDisk(options: {
  readonly disk: Disk;
  readonly began: Micros;
  readonly tellsOfNames: (folder: string) => boolean;
}): NotedDisk {
  const { disk } = options;
  const pad = new NotePad(options.began);
  const devices = new Map<bigint, boolean>();
  const listed = (folder: string, stat: DiskStat) => {
    let tells = devices.get(stat.device);
    if (tells === undefined) {
      tells = options.tellsOfNames(folder);
      devices.set(stat.device, tells);
    }
    if (!tells) pad.spoil();
  };
  const writing = <Inputs extends readonly unknown[], Result>(call: (...inputs: Inputs) => Result) => {
    return (...inputs: Inputs): Result => {
      pad.spoil();
      return call(...inputs);
    };
  };
  const looking = <Result>(path: string, call: (path: string) => Result): Result => {
    try {
      return call(path);
    } catch (error) {
      const isAbsent = errorName(error) === "ENOENT" && disk.lstat(path) === null;
      if (isAbsent) pad.absent(path);
      else pad.spoil();
      throw error;
    }
  };
  return {
    notes: () => pad.notes(),
    disk: {
      lstat: (path) => looking(path, () => pad.seen(path, disk.lstat(path))),
      list: (folder) =>
        looking(folder, () => {
          const stat = disk.lstat(folder);
          pad.stamped(folder, stat);
          if (stat !== null) listed(folder, stat);
          return disk.list(folder);
        }),
      read: (path) =>
        looking(path, () => {
          const found = disk.read(path);
          pad.stamped(path, found.before);
          pad.stamped(path, found.after);
          return found;
        }),
      readLink: (path) =>
        looking(path, () => {
          pad.stamped(path, disk.lstat(path));
          return disk.readLink(path);
        }),
      realPath: (path) => looking(path, () => pad.real(path, disk.realPath(path))),
      createFile: writing(disk.createFile),
      syncAndClose: writing(disk.syncAndClose),
      close: writing(disk.close),
      createLink: writing(disk.createLink),
      makeFolder: writing(disk.makeFolder),
      removeFolder: writing(disk.removeFolder),
      syncFolder: writing(disk.syncFolder),
      rename: writing(disk.rename),
      link: writing(disk.link),
      unlink: writing(disk.unlink),
      get exchange() {
        pad.spoil();
        return disk.exchange;
      },
    },
  };
}

class NotePad {
  readonly #began: Micros;
  readonly #stamped = new Map<string, DiskStat>();
  readonly #folders = new Map<string, string>();
  readonly #absent = new Set<string>();
  readonly #realPaths = new Map<string, string | null>();
  #isSpoilt = false;

  constructor(began: Micros) {
    this.#began = began;
  }

  spoil(): void {
    this.#isSpoilt = true;
  }

  absent(path: string): void {
    this.#absent.add(path);
  }

  /** What somebody asks of a folder without listing it is what it is, not when it changed. */
  seen(path: string, stat: DiskStat | null): DiskStat | null {
    if (stat?.kind !== "folder") this.stamped(path, stat);
    else if (!isSame(this.#folders, path, folderIdentityText(stat))) this.spoil();
    return stat;
  }

  stamped(path: string, stat: DiskStat | null): void {
    if (stat === null) {
      this.absent(path);
      return;
    }
    const before = this.#stamped.get(path);
    const isOther = before !== undefined && !sameStamp(before, stat);
    if (isOther || isRacy({ stamp: stat, seenAt: this.#began })) this.spoil();
    this.#stamped.set(path, stat);
  }

  real(path: string, real: string | null): string | null {
    if (!isSame(this.#realPaths, path, real)) this.spoil();
    return real;
  }

  notes(): DiskNotes | null {
    const wasBoth = [...this.#absent].some((path) => this.#stamped.has(path) || this.#folders.has(path));
    if (this.#isSpoilt || wasBoth) return null;
    const stamps = StampTable.ofLength(this.#stamped.size);
    let position = 0;
    for (const stat of this.#stamped.values()) stamps.set(position++, stat);
    return {
      stamped: [...this.#stamped.keys()],
      stamps,
      folders: [...this.#folders],
      absent: [...this.#absent],
      realPaths: [...this.#realPaths],
    };
  }
}

/** Notes an answer. False where another was given before. */
function isSame<Value>(answers: Map<string, Value>, path: string, answer: Value): boolean {
  if (answers.has(path)) return answers.get(path) === answer;
  answers.set(path, answer);
  return true;
}
