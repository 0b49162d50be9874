import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { syncFolder } from "./open-database.ts";
import { refusedMaintenance } from "./refused-maintenance.ts";

/**
 * Copies a store into one file, as of one moment, while others go on writing.
 *
 * Invariants: the copy is made under another name, checked, synced and then put in place by exclusive link, so
 * that a file under a backup's name is a whole backup, and an older one is never replaced (BUGS S7).
 */
export function backupStore(source: string, target: string, unique: string): number {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const fresh = `${target}.${unique}.new`;
  try {
    closeSync(openSync(fresh, "wx", 0o600));
    const handle = new DatabaseSync(source, { readOnly: true, timeout: 10_000 });
    try {
      handle.prepare("VACUUM INTO ?").run(fresh);
    } finally {
      handle.close();
    }
    requireSound(fresh);
    chmodSync(fresh, 0o600);
    syncFile(fresh);
    linkSync(fresh, target);
    syncFolder(dirname(target));
    return statSync(target).size;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      throw refusedMaintenance(`there is a backup already: ${target}`);
    }
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}

function requireSound(file: string): void {
  const handle = new DatabaseSync(file, { readOnly: true });
  try {
    const row = handle.prepare("PRAGMA quick_check(1)").get();
    if (row?.quick_check !== "ok") throw refusedMaintenance(`the copy is not sound: ${row?.quick_check}`);
  } finally {
    handle.close();
  }
}

function syncFile(file: string): void {
  const descriptor = openSync(file, "r+");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
