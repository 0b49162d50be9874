import { dirname, join } from "node:path";
import { StetError } from "../domain/errors.ts";
import { type OperationId, parseRandomId } from "../domain/ids.ts";
import { type Disk, errorName } from "./disk.ts";

/**
 * The names in a place's work folder, `<root>/stet/.work/`:
 *
 *     lock, lock-holder       see lock.ts
 *     staging/<operation>.<ordinal>          a file or a whole new folder that is to be put in place
 *     staging/<operation>.<ordinal>.aside    what it displaced
 *
 * Staging and asides share one folder, so that one fsync makes both durable. A name is recognised by its
 * whole form, never by a prefix (BUGS D3).
 */
const stagingFolderName = "staging";

export function stagingFolder(work: string): string {
  return join(work, stagingFolderName);
}

export function stagedName(work: string, operation: OperationId, ordinal: number): string {
  return join(stagingFolder(work), `${operation}.${ordinal}`);
}

export function asideName(work: string, operation: OperationId, ordinal: number): string {
  return `${stagedName(work, operation, ordinal)}.aside`;
}

/** Reads a name of the staging folder; undefined for anything that stet did not make. */
export function readStagingName(
  name: string,
): { readonly operation: OperationId; readonly ordinal: number; readonly aside: boolean } | undefined {
  const match = /^(op_[0-9a-z]{20})\.(0|[1-9][0-9]{0,8})(\.aside)?$/.exec(name);
  const operation = match?.[1] === undefined ? undefined : parseRandomId("operation", match[1]);
  if (match === null || operation === undefined) return undefined;
  return { operation, ordinal: Number(match[2]), aside: match[3] !== undefined };
}

/** The work folder that a staged or set-aside file of `operation` lies in; null where it lies in none. */
export function workFolderOf(path: string, operation: OperationId): string | null {
  const at = path.indexOf(`/${stagingFolderName}/${operation}.`);
  return at < 0 ? null : path.slice(0, at);
}

/**
 * Makes the work folder and its staging folder inside a folder that exists: at most two levels are made
 * (`stet` and `.work`), so that a root that is gone is never created again. Durable when it returns.
 */
export async function ensureWorkFolder(disk: Disk, work: string, levelsMax = 2): Promise<string> {
  const missing: string[] = [];
  let folder = stagingFolder(work);
  while (disk.lstat(folder) === null && missing.length <= levelsMax) {
    missing.unshift(folder);
    folder = dirname(folder);
  }
  for (const one of missing) makeIfAbsent(disk, one);
  for (const one of missing) await disk.syncFolder(dirname(one));
  return stagingFolder(work);
}

function makeIfAbsent(disk: Disk, folder: string): void {
  try {
    disk.makeFolder(folder);
  } catch (error) {
    if (errorName(error) === "EEXIST") return;
    if (errorName(error) !== "ENOENT") throw error;
    throw new StetError({
      code: "E-DETACHED",
      what: "The folder of this checkout is not there.",
      where: folder,
      why: "It was moved or deleted, or its disk is not mounted. stet never makes it anew.",
      kept: "Nothing was done; the whole history is in the store.",
      fixes: [{ cmd: "stet relink", summary: "join a moved folder to its history" }],
    });
  }
}
