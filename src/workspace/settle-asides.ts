import type { Micros } from "../domain/clock.ts";
import type { FileEntry } from "../domain/files.ts";
import type { CheckoutId } from "../domain/ids.ts";
import type { Aside, LocalBatch } from "../store/checkout-store.ts";
import { errorName } from "./disk.ts";
import type { MovedFile } from "./disk-change.ts";
import { keepVersion } from "./keep-version.ts";
import { entryAt, unlinkIfThere } from "./names.ts";
import { isWithin } from "./place-paths.ts";
import type { WriteContext } from "./write-context.ts";

/** How long a displaced file stays: an editor that holds it open may still write to it. Ten minutes. */
const asideGraceMicros: Micros = 600_000_000;

/**
 * Looks at displaced files again. One that was written to since is kept in history as a version of its own;
 * one whose grace is over and whose bytes are in the store is removed. The caller holds the locks of the work
 * folders that these lie in; `works` names them where that is not all of them.
 *
 * @returns the versions that were kept, as racing writers' files.
 */
export async function settleAsides(
  context: Omit<WriteContext, "lock">,
  checkout: CheckoutId,
  options: { readonly graceMicros?: Micros; readonly works?: readonly string[] } = {},
): Promise<readonly MovedFile[]> {
  const { graceMicros = asideGraceMicros, works } = options;
  const isLocked = (aside: Aside) => works?.some((work) => isWithin(work, aside.disk)) ?? true;
  const kept: MovedFile[] = [];
  const asides: Aside[] = [];
  const dropAsides: string[] = [];
  for (const aside of await context.store.checkouts.asides(checkout)) {
    if (!isLocked(aside)) continue;
    const settled = await settle(context, aside, graceMicros, kept);
    if (settled === "gone") dropAsides.push(aside.disk);
    else if (settled !== "stays") asides.push(settled);
  }
  const local: LocalBatch = { asides, dropAsides };
  if (asides.length + dropAsides.length > 0) await context.store.checkouts.apply(local, { durable: false });
  return kept;
}

async function settle(
  context: Omit<WriteContext, "lock">,
  aside: Aside,
  graceMicros: Micros,
  kept: MovedFile[],
): Promise<Aside | "gone" | "stays"> {
  const found = entryAt(context.disk, aside.disk);
  if (found === null) return context.disk.lstat(aside.disk) === null ? "gone" : "stays";
  const isKept = await isInStore(context, found);
  if (!isKept) {
    await keepVersion(context, { ...aside, before: null }, aside.disk);
  }
  if (found.blob !== aside.blob) {
    const { place, path } = aside;
    if (!isKept) kept.push({ place, checkout: aside.checkout, path, found, why: "kept" });
    return { ...aside, blob: found.blob, since: context.clock.now() };
  }
  if (context.clock.now() - aside.since < graceMicros) return "stays";
  return removeAside(context, aside) ? "gone" : "stays";
}

async function isInStore(context: Pick<WriteContext, "store">, entry: FileEntry): Promise<boolean> {
  const [state] = await context.store.history.inspect([entry.blob]);
  return state?.state === "present";
}

function removeAside(context: Pick<WriteContext, "disk">, aside: Aside): boolean {
  try {
    unlinkIfThere(context.disk, aside.disk);
    return true;
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    return false;
  }
}
