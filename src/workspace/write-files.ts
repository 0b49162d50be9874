/**
 * Writing many files as one operation (DESIGN section 6).
 *
 * Invariants:
 * - before the store's transaction nothing that anybody reads has changed, and a failure leaves nothing behind;
 * - the transaction records the operation and the journal together: from there on the operation is finished,
 *   by this process or by recovery, or taken back on record;
 * - whatever is displaced or removed has its bytes in the store first, in that very transaction (P1).
 */
import { invariant, StetError } from "../domain/errors.ts";
import type { OperationId } from "../domain/ids.ts";
import type { OperationDraft } from "../domain/operations.ts";
import type { JournalRow, LocalBatch } from "../store/checkout-store.ts";
import type { WriteBatch } from "../store/history-store.ts";
import type { Store, WriteResult } from "../store/store.ts";
import { type ArrangedChange, arrangeChanges } from "./arrange.ts";
import type { BlobReader, DiskChange, DiskOutcome } from "./disk-change.ts";
import { errorFromDisk } from "./disk-errors.ts";
import { Displaced } from "./displaced.ts";
import { finishedLocal, racedFiles, removeEmptied, stayingFolders } from "./finish.ts";
import { stopIfInterrupted } from "./interruption.ts";
import { joinLocal, journalRows } from "./journal.ts";
import { keepVersion } from "./keep-version.ts";
import { type PutRow, putRows } from "./put.ts";
import { stage } from "./stage.ts";
import { takeBackOperation } from "./take-back.ts";
import { unstage } from "./unstage.ts";
import { type Ignored, verifyPlanned } from "./verify-planned.ts";
import type { WriteContext } from "./write-context.ts";

export interface DiskOperation extends WriteContext {
  /**
   * Written in order and whole. The last one is the operation with the disk effects: it alone is taken back
   * when they fail. Each must have an operation id that was not used before.
   */
  readonly batches: readonly WriteBatch[];
  readonly local?: LocalBatch;
  readonly changes: readonly DiskChange[];
  readonly readBlobs: BlobReader;
  /** Paths that are never replaced or deleted; such a change is refused as `blocked`. */
  readonly ignored?: Ignored;
  /** Until the store's transaction, an interruption takes everything back; from there on it is too late. */
  readonly interrupt?: AbortSignal | undefined;
}

/**
 * Records an operation and carries out its changes on disk: all of them, or none, or on record as taken back.
 * The caller holds `lock` for every place and has captured before.
 *
 * @returns `moved` or `stale` where nothing was written, `done`, or `reverted`.
 * @throws StetError E-DISK-FULL, E-PERMISSION, E-IO or E-INTERRUPTED, with nothing changed; E-OBJECT-MISSING
 *   where a blob is not to be had; and what the store's write throws.
 */
export async function performDiskOperation(operation: DiskOperation): Promise<DiskOutcome> {
  const { disk, changes, batches } = operation;
  const draft = batches.at(-1)?.operation;
  invariant(draft !== undefined, "an operation on disk is recorded by at least one batch");
  if ((await operation.store.history.operation(draft.id)) !== undefined) return replay(operation);
  const isBlocked = await blockedChanges(operation);
  const displaced = new Displaced(operation.store);
  const moved = await verifyPlanned(disk, changes, isBlocked, displaced.keep);
  if (moved.length > 0) return { status: "moved", files: moved };
  const arranged = arrangeChanges(disk, draft.id, changes);
  const rows = await stageRows(operation, draft, arranged);
  const result = await record(operation, rows, displaced);
  if (!result.outcomes.every((one) => one.status === "done")) {
    unstage(disk, rows);
    return { status: "stale", outcomes: result.outcomes };
  }
  return carryOut(operation, draft, rows, result);
}

/** Sent again after it was recorded: what is still to be done on disk is in the journal, and recovery's. */
async function replay(operation: DiskOperation): Promise<DiskOutcome> {
  const { outcomes } = await operation.store.write(operation.batches, { whole: true });
  const isDone = outcomes.every((one) => one.status === "done");
  return isDone ? { status: "done", outcomes, raced: [] } : { status: "stale", outcomes };
}

/** What must not be touched: ignored files, and files of an operation that waits for its recovery. */
async function blockedChanges({ store, ignored }: DiskOperation): Promise<Ignored> {
  const keyOf = (row: { checkout: string; path: string }, place: string) =>
    `${row.checkout} ${place} ${row.path}`;
  const rows = (await store.checkouts.pending()).flatMap((one) => one.rows);
  const waiting = new Set(rows.filter((row) => row.stuck === null).map((row) => keyOf(row, row.place)));
  return (change) => {
    if (ignored?.(change) === true) return true;
    const { checkout, name } = change.place;
    return waiting.has(keyOf({ checkout, path: change.path }, name));
  };
}

async function stageRows(
  operation: DiskOperation,
  draft: OperationDraft,
  arranged: readonly ArrangedChange[],
): Promise<readonly JournalRow[]> {
  const { disk } = operation;
  try {
    const stats = await stage(disk, arranged, operation.readBlobs, operation.interrupt);
    await stopIfInterrupted(operation.interrupt);
    return journalRows(draft.id, arranged, stats);
  } catch (error) {
    unstage(disk, journalRows(draft.id, arranged, new Map()));
    throw errorFromDisk(error, "prepare the files", draft.id);
  }
}

/** The point of no return. A write that throws may yet have been recorded: then the journal knows it. */
async function record(
  operation: DiskOperation,
  rows: readonly JournalRow[],
  displaced: Displaced,
): Promise<WriteResult> {
  const { store, batches, disk } = operation;
  const last = batches.at(-1);
  invariant(last !== undefined, "an operation on disk is recorded by at least one batch");
  const whole = [...batches.slice(0, -1), displaced.joinTo(last)];
  const journal: LocalBatch = { journal: [{ operation: last.operation.id, direction: "forth", rows }] };
  const local = joinLocal(operation.local ?? {}, rows.length === 0 ? {} : journal);
  try {
    return await store.write(whole, { local, whole: true });
  } catch (error) {
    if (await isKnownAbsent(operation, last.operation.id)) unstage(disk, rows);
    throw error;
  }
}

/** False where the store cannot even tell: what was staged is then left for recovery to judge. */
async function isKnownAbsent(operation: DiskOperation, id: OperationId): Promise<boolean> {
  try {
    return (await operation.store.history.operation(id)) === undefined;
  } catch {
    return false;
  }
}

async function carryOut(
  operation: DiskOperation,
  draft: OperationDraft,
  rows: readonly JournalRow[],
  result: WriteResult,
): Promise<DiskOutcome> {
  const { disk, store, clock } = operation;
  let done: readonly PutRow[];
  try {
    done = await putRows(disk, rows, (row, path) => keepVersion(operation, row, path));
  } catch (error) {
    const { why, what } = errorFromDisk(error, "put the files in place", draft.id);
    await store.checkouts.apply(
      { turnJournal: [{ operation: draft.id, direction: "back" }] },
      { durable: true },
    );
    const taken = await takeBackOperation(operation, draft, rows, `${what} ${why}`);
    return { status: "reverted", ...taken };
  }
  removeEmptied(disk, rows, stayingFolders(operation.changes.map((one) => one.place)));
  if (rows.length > 0) await finish(store, finishedLocal(disk, clock, draft.id, done));
  return { status: "done", outcomes: result.outcomes, raced: racedFiles(done) };
}

/**
 * Everything is in place by now, so a failure here must not be reported as one of the operation (BUGS S9): the
 * journal stays as it is, and recovery comes to the same end.
 */
async function finish(store: Store, local: LocalBatch): Promise<void> {
  try {
    await store.checkouts.apply(local, { durable: false });
  } catch (error) {
    if (!(error instanceof StetError)) throw error;
  }
}
