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
import { type StagedStats, stage } from "./stage.ts";
import { type TakenBack, takeBackOperation } from "./take-back.ts";
import { unstage } from "./unstage.ts";
import { type Ignored, verifyPlanned } from "./verify-planned.ts";
import type { WriteContext } from "./write-context.ts";

export interface DiskOperation extends WriteContext {
  /**
   * Written in order and whole. A change on disk belongs to the operation that it names, else to the last one; those
   * that have any are taken back where they fail, the last first. Each must have an id that was not used before.
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
  const parts = await stageParts(operation, partsOf(operation));
  const result = await record(operation, parts, displaced);
  if (!result.outcomes.every((one) => one.status === "done")) {
    unstage(disk, rowsOf(parts));
    return { status: "stale", outcomes: result.outcomes };
  }
  return carryOut(operation, parts, result);
}

/** An operation with what it does on disk. */
interface Part {
  readonly draft: OperationDraft;
  readonly arranged: readonly ArrangedChange[];
}

/** The same, as the journal has it. */
interface StagedPart {
  readonly draft: OperationDraft;
  readonly rows: readonly JournalRow[];
}

/** What each operation does on disk, in the order in which they are written. */
function partsOf({ disk, batches, changes }: DiskOperation): readonly Part[] {
  const last = batches.at(-1)?.operation.id;
  const byOperation = Map.groupBy(changes, (change) => change.operation ?? last);
  let firstOrdinal = 0;
  return batches.flatMap(({ operation: draft }) => {
    const own = byOperation.get(draft.id) ?? [];
    if (own.length === 0) return [];
    const arranged = arrangeChanges(disk, draft.id, own, firstOrdinal);
    firstOrdinal += arranged.length;
    return [{ draft, arranged }];
  });
}

function rowsOf(parts: readonly StagedPart[]): readonly JournalRow[] {
  return parts.flatMap((one) => one.rows);
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

async function stageParts(operation: DiskOperation, parts: readonly Part[]): Promise<readonly StagedPart[]> {
  const { disk } = operation;
  const staged = (stats: StagedStats) =>
    parts.map(({ draft, arranged }) => ({ draft, rows: journalRows(draft.id, arranged, stats) }));
  try {
    const all = parts.flatMap((one) => one.arranged);
    const stats = await stage(disk, all, operation.readBlobs, operation.interrupt);
    await stopIfInterrupted(operation.interrupt);
    return staged(stats);
  } catch (error) {
    unstage(disk, rowsOf(staged(new Map())));
    throw errorFromDisk(error, "prepare the files", parts.at(-1)?.draft.id ?? "the operation");
  }
}

/** The point of no return. A write that throws may yet have been recorded: then the journal knows it. */
async function record(
  operation: DiskOperation,
  parts: readonly StagedPart[],
  displaced: Displaced,
): Promise<WriteResult> {
  const { store, batches, disk } = operation;
  const last = batches.at(-1);
  invariant(last !== undefined, "an operation on disk is recorded by at least one batch");
  const whole = [...batches.slice(0, -1), displaced.joinTo(last)];
  const journal = parts.map(({ draft, rows }) => ({
    operation: draft.id,
    direction: "forth" as const,
    rows,
  }));
  const local = joinLocal(operation.local ?? {}, journal.length === 0 ? {} : { journal });
  try {
    return await store.write(whole, { local, whole: true });
  } catch (error) {
    if (await isKnownAbsent(operation, last.operation.id)) unstage(disk, rowsOf(parts));
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
  parts: readonly StagedPart[],
  result: WriteResult,
): Promise<DiskOutcome> {
  const { disk, store, clock } = operation;
  const rows = rowsOf(parts);
  const operations = parts.map(({ draft }) => draft.id);
  let done: readonly PutRow[];
  try {
    done = await putRows(disk, rows, (row, path) => keepVersion(operation, row, path));
  } catch (error) {
    const { why, what } = errorFromDisk(
      error,
      "put the files in place",
      operations.at(-1) ?? "the operation",
    );
    const turnJournal = operations.map((id) => ({ operation: id, direction: "back" as const }));
    await store.checkouts.apply({ turnJournal }, { durable: true });
    return await takeBackAll(operation, parts, `${what} ${why}`);
  }
  removeEmptied(disk, rows, stayingFolders(operation.changes.map((one) => one.place)));
  if (rows.length > 0) await finish(store, finishedLocal(disk, clock, operations, done));
  return { status: "done", outcomes: result.outcomes, raced: racedFiles(done) };
}

/** The last first: each then finds the refs where it left them. */
async function takeBackAll(
  operation: DiskOperation,
  parts: readonly StagedPart[],
  why: string,
): Promise<DiskOutcome> {
  const stuck: string[] = [];
  let last: TakenBack | null = null;
  for (const { draft, rows } of parts.toReversed()) {
    const taken = await takeBackOperation(operation, draft, rows, why);
    last ??= taken;
    stuck.push(...taken.stuck);
  }
  invariant(last !== null, "an operation that is taken back had something to put in place");
  return { status: "reverted", by: last.by, why, stuck };
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
