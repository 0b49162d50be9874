/**
 * Finishing, or taking back, operations that a process left half done.
 *
 * Invariants:
 * - only operations whose every work folder is locked by the caller are touched;
 * - what has happened is told by staged names and inodes alone (put-file.ts), so that recovery may itself end
 *   at any point and be begun again;
 * - a root is never created, and nothing is written below one that is another folder than it was;
 * - a name in the staging folder is removed only if stet made it, no pending operation needs it, and its bytes
 *   either were never part of a recorded operation or are in the store.
 */
import type { CheckoutId, OperationId } from "../domain/ids.ts";
import type { Operation } from "../domain/operations.ts";
import type { Checkout, PendingOperation } from "../store/checkout-store.ts";
import type { Disk } from "./disk.ts";
import type { MovedFile } from "./disk-change.ts";
import { errorFromDisk } from "./disk-errors.ts";
import { finishedLocal, racedFiles, removeEmptied, stayingFolders } from "./finish.ts";
import { keepVersion } from "./keep-version.ts";
import type { Place } from "./place.ts";
import { putRows } from "./put.ts";
import { settleAsides } from "./settle-asides.ts";
import { sweepStaging } from "./sweep-staging.ts";
import { takeBackOperation } from "./take-back.ts";
import { workFolderOf } from "./work-folder.ts";
import type { WriteContext } from "./write-context.ts";

export interface RecoveryContext extends WriteContext {
  /** The places of the checkout, as far as they are known: their folders stay though they are empty. */
  readonly places?: readonly Place[];
}

export interface RecoveredOperation {
  readonly operation: OperationId;
  readonly status:
    | { readonly kind: "finished"; readonly raced: readonly MovedFile[] }
    | {
        readonly kind: "reverted";
        readonly by: OperationId;
        readonly why: string;
        readonly stuck: readonly string[];
      }
    /** Not touched: another lock would be needed, or its root is gone or is another folder. */
    | { readonly kind: "waiting"; readonly why: "locked" | "detached" };
}

export interface Recovery {
  readonly operations: readonly RecoveredOperation[];
  /** Versions found in displaced files that somebody still wrote to. */
  readonly kept: readonly MovedFile[];
}

/** Work folders that an operation's recovery needs the locks of. */
function worksOf(pending: PendingOperation): readonly string[] {
  const works = new Set<string>();
  for (const row of pending.rows) {
    const work = workFolderOf(row.staged ?? row.aside ?? "", row.operation);
    if (work !== null) works.add(work);
  }
  return [...works];
}

/**
 * Finishes what is pending in the places that `context.lock` covers, sweeps their staging folders and looks at
 * what was set aside. Idempotent. Throws only where the store does, or for a defect.
 */
export async function recover(context: RecoveryContext): Promise<Recovery> {
  const pending = await context.store.checkouts.pending();
  const checkouts = new Map((await context.store.checkouts.checkouts()).map((one) => [one.id, one]));
  const operations: RecoveredOperation[] = [];
  for (const one of pending) {
    operations.push({ operation: one.operation, status: await recoverOne(context, checkouts, one) });
  }
  for (const work of context.lock.works) await sweepStaging(context, work);
  const kept: MovedFile[] = [];
  const { works } = context.lock;
  for (const one of checkouts.keys()) kept.push(...(await settleAsides(context, one, { works })));
  return { operations, kept };
}

async function recoverOne(
  context: RecoveryContext,
  checkouts: ReadonlyMap<CheckoutId, Checkout>,
  pending: PendingOperation,
): Promise<RecoveredOperation["status"]> {
  const locked = new Set(context.lock.works);
  const works = worksOf(pending).map((work) => context.disk.realPath(work) ?? work);
  const isAttached = pending.rows.every((row) => isInPlace(context.disk, checkouts.get(row.checkout)));
  if (!isAttached) return { kind: "waiting", why: "detached" };
  if (!works.every((work) => locked.has(work))) return { kind: "waiting", why: "locked" };
  const operation = await context.store.history.operation(pending.operation);
  if (operation === undefined) {
    // Without its operation a journal means nothing; it can only stem from a store that was put back.
    await context.store.checkouts.apply({ dropJournal: [pending.operation] }, { durable: true });
    return { kind: "finished", raced: [] };
  }
  return pending.direction === "forth"
    ? goForth(context, operation, pending)
    : goBack(context, operation, pending, "a process ended while it was being taken back");
}

function isInPlace(disk: Disk, checkout: Checkout | undefined): boolean {
  if (checkout === undefined) return false;
  const stat = disk.lstat(checkout.root);
  return (
    stat?.kind === "folder" && `${stat.inode}` === checkout.inode && `${stat.device}` === checkout.device
  );
}

async function goForth(
  context: RecoveryContext,
  operation: Operation,
  pending: PendingOperation,
): Promise<RecoveredOperation["status"]> {
  const { store, disk, clock } = context;
  try {
    const done = await putRows(disk, pending.rows, (row, path) => keepVersion(context, row, path));
    removeEmptied(disk, pending.rows, stayingFolders(context.places ?? []));
    await store.checkouts.apply(finishedLocal(disk, clock, [operation.id], done), { durable: false });
    return { kind: "finished", raced: racedFiles(done) };
  } catch (error) {
    const { what, why } = errorFromDisk(error, "finish an operation that was left half done", operation.id);
    const { id } = operation;
    await store.checkouts.apply({ turnJournal: [{ operation: id, direction: "back" }] }, { durable: true });
    return goBack(context, operation, pending, `${what} ${why}`);
  }
}

async function goBack(
  context: WriteContext,
  operation: Operation,
  pending: PendingOperation,
  why: string,
): Promise<RecoveredOperation["status"]> {
  return { kind: "reverted", ...(await takeBackOperation(context, operation, pending.rows, why)) };
}
