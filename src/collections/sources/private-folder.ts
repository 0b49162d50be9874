/**
 * Where what is fetched lies until it is looked at: a folder of its own that nobody else reads.
 *
 * - It is removed whatever happens: success, failure, cancel (BUGS U4).
 * - A process that was killed could not remove its own; the next one that fetches does, by the process id in the
 *   folder's name, and never one of a process that is still there.
 */
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorName } from "../../workspace/disk.ts";

const folderName = /^fetch-(\d+)-\w+$/;

/** Where private folders are made, and by whom. `parent` is made where it is not there. */
export interface FetchPlace {
  readonly parent: string;
  readonly processId: number;
}

/** Calls `work` with a new private folder, and removes that before it answers or throws. */
export async function inPrivateFolder<Result>(
  place: FetchPlace,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  await mkdir(place.parent, { recursive: true, mode: 0o700 });
  await sweep(place);
  const folder = await mkdtemp(join(place.parent, `fetch-${place.processId}-`));
  try {
    return await work(folder);
  } finally {
    await remove(folder);
  }
}

async function sweep({ parent, processId }: FetchPlace): Promise<void> {
  for (const name of await readdir(parent)) {
    const owner = Number(folderName.exec(name)?.[1] ?? processId);
    if (owner !== processId && !isAlive(owner)) await remove(join(parent, name));
  }
}

/** A process that may not be asked is there. */
function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return errorName(error) !== "ESRCH";
  }
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
