import { DatabaseSync } from "node:sqlite";

/** A lock that is held. `release` may be called more than once. */
export interface HeldLockFile {
  readonly release: () => void;
}

const busy = 5;

/**
 * Takes an exclusive lock on `file` without waiting; null where another process has it.
 *
 * The lock is SQLite's exclusive lock on an empty database: a POSIX record lock, which the kernel drops when
 * its holder dies, however it dies, so that it is never stale (BUGS S13). SQLite also keeps what POSIX does
 * not: a second connection of this process does not drop the lock by closing. The journal stays in memory and
 * nothing is ever written, so that the lock costs no fsync and leaves no file beside it.
 *
 * @throws the error of SQLite where the file cannot be made or opened.
 */
export function tryLockFile(file: string): HeldLockFile | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? (error.errcode & 0xff) === busy
    : false;
}
