import { type Disk, errorName } from "./disk.ts";
import { entryAt, unlinkIfThere } from "./names.ts";
import { readStagingName, stagingFolder } from "./work-folder.ts";
import type { WriteContext } from "./write-context.ts";

/**
 * Removes what dead operations left in a staging folder. The caller holds the lock, so that nobody is staging.
 *
 * A name is swept if stet made it (its whole form, never a prefix: BUGS D3) and neither the journal nor the
 * list of asides knows it. What belongs to an operation that was never recorded was only ever a copy of what
 * was about to be written. Anything else goes only once its bytes are known to be in the store.
 */
export async function sweepStaging(context: WriteContext, work: string): Promise<void> {
  const folder = stagingFolder(work);
  if (context.disk.lstat(folder)?.kind !== "folder") return;
  const names = context.disk.list(folder).filter((one) => one.name !== null && readStagingName(one.name));
  if (names.length === 0) return;
  const needed = await neededNames(context);
  const pending = new Set((await context.store.checkouts.pending()).map((one) => one.operation));
  for (const { shown } of names) {
    const parsed = readStagingName(shown);
    const path = `${folder}/${shown}`;
    if (parsed === undefined || pending.has(parsed.operation) || needed.has(path)) continue;
    const isRecorded = (await context.store.history.operation(parsed.operation)) !== undefined;
    if (!isRecorded && !parsed.aside) removeQuietly(context.disk, path);
    else if (await areBytesInStore(context, path)) removeQuietly(context.disk, path);
  }
}

async function neededNames(context: WriteContext): Promise<ReadonlySet<string>> {
  const needed = new Set<string>();
  for (const checkout of await context.store.checkouts.checkouts()) {
    for (const aside of await context.store.checkouts.asides(checkout.id)) needed.add(aside.disk);
  }
  return needed;
}

async function areBytesInStore(context: WriteContext, path: string): Promise<boolean> {
  const entry = entryAt(context.disk, path);
  if (entry === null) return false;
  const [state] = await context.store.history.inspect([entry.blob]);
  return state?.state === "present";
}

function removeQuietly(disk: Disk, path: string): void {
  try {
    if (disk.lstat(path)?.kind === "folder") removeTree(disk, path);
    else unlinkIfThere(disk, path);
  } catch (error) {
    // It lies outside everything that is read; the next sweep comes by again.
    if (errorName(error) === undefined) throw error;
  }
}

function removeTree(disk: Disk, folder: string): void {
  for (const entry of disk.list(folder)) {
    const path = `${folder}/${entry.shown}`;
    if (entry.kind === "folder") removeTree(disk, path);
    else disk.unlink(path);
  }
  disk.removeFolder(folder);
}
