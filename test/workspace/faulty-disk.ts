import type { Disk } from "../../src/workspace/disk.ts";

/** Calls that change the disk, or wait for it: where a fault or an end may come. */
export const changingCalls = [
  "createFile",
  "syncAndClose",
  "createLink",
  "makeFolder",
  "removeFolder",
  "syncFolder",
  "rename",
  "link",
  "unlink",
  "exchange",
] as const satisfies readonly (keyof Disk)[];
export type ChangingCall = (typeof changingCalls)[number];

/**
 * Told before each changing call, and, by what it returns, after that call or its failure; may throw or end the process.
 * `path` is the call's last argument.
 */
export type CallWatcher = (call: ChangingCall, path: string) => (() => void) | undefined;

/** The same disk, with somebody watching every changing call. */
export function watchedDisk(disk: Disk, watcher: CallWatcher): Disk {
  const around = <Result>(call: ChangingCall, path: string, work: () => Result): Result => {
    const after = watcher(call, path);
    try {
      return work();
    } finally {
      after?.();
    }
  };
  const later = async (call: ChangingCall, path: string, work: () => Promise<void>): Promise<void> => {
    const after = watcher(call, path);
    try {
      await work();
    } finally {
      after?.();
    }
  };
  return {
    lstat: disk.lstat,
    list: disk.list,
    read: disk.read,
    readLink: disk.readLink,
    realPath: disk.realPath,
    close: disk.close,
    createFile: (path, bytes, mode) => around("createFile", path, () => disk.createFile(path, bytes, mode)),
    syncAndClose: async (file) => {
      let after: (() => void) | undefined;
      try {
        after = watcher("syncAndClose", file.path);
      } catch (error) {
        disk.close(file);
        throw error;
      }
      try {
        await disk.syncAndClose(file);
      } finally {
        after?.();
      }
    },
    createLink: (text, path) => around("createLink", path, () => disk.createLink(text, path)),
    makeFolder: (path) => around("makeFolder", path, () => disk.makeFolder(path)),
    removeFolder: (path) => around("removeFolder", path, () => disk.removeFolder(path)),
    syncFolder: (path) => later("syncFolder", path, () => disk.syncFolder(path)),
    rename: (from, to) => around("rename", to, () => disk.rename(from, to)),
    link: (existing, name) => around("link", name, () => disk.link(existing, name)),
    unlink: (path) => around("unlink", path, () => disk.unlink(path)),
    get exchange() {
      const { exchange } = disk;
      if (exchange === null) return null;
      return (one: string, other: string) => around("exchange", other, () => exchange(one, other));
    },
  };
}

/** Fails the `n`-th changing call (from 1) that `concerns` says yes to, instead of doing it. */
export function failingDisk(
  disk: Disk,
  code: string,
  n: number,
  concerns: (call: ChangingCall, path: string) => boolean = () => true,
): { readonly disk: Disk; readonly seen: () => number } {
  let seen = 0;
  const watcher: CallWatcher = (call, path) => {
    if (!concerns(call, path) || ++seen !== n) return undefined;
    throw Object.assign(new Error(`${code}: ${call} '${path}'`), { code });
  };
  return { disk: watchedDisk(disk, watcher), seen: () => seen };
}
