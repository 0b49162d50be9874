import type { JournalRow } from "../store/checkout-store.ts";
import type { Disk } from "./disk.ts";
import { quietly, removeEmptyFolders, stagedFolderOf, unlinkIfThere } from "./names.ts";

/**
 * Removes what was staged for an operation that was not recorded, by its exact names. A name that cannot be
 * removed stays for recovery's sweep; the failure that led here is the one worth reporting.
 */
export function unstage(disk: Disk, rows: readonly JournalRow[]): void {
  for (const row of rows) quietly(() => row.staged !== null && unlinkIfThere(disk, row.staged));
  for (const folder of new Set(rows.map(stagedFolderOf))) {
    quietly(() => folder !== null && removeEmptyFolders(disk, folder));
  }
}
