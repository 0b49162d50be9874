import { createHash } from "node:crypto";
import { claimedActor } from "../domain/actors.ts";
import { StetError } from "../domain/errors.ts";
import { type OperationId, randomId } from "../domain/ids.ts";
import type { OperationDraft, PathChange, RefMove } from "../domain/operations.ts";
import type { Aside, Checkout, JournalRow, LocalBatch } from "../store/checkout-store.ts";
import type { WriteBatch } from "../store/history-store.ts";
import { joinLocal } from "./journal.ts";
import { keepVersion } from "./keep-version.ts";
import { entryAt } from "./names.ts";
import { rollBackRows, type StuckRow } from "./roll-back.ts";
import type { WriteContext } from "./write-context.ts";

export interface TakenBack {
  readonly by: OperationId;
  readonly why: string;
  readonly stuck: readonly string[];
}

/**
 * Takes an operation back: its files, then its record by a compensating operation of kind `failed`. The
 * journal must already be turned to `back`, durably. Idempotent: the compensating operation's id follows from
 * the operation's, so that a second attempt finds it recorded.
 */
export async function takeBackOperation(
  context: Omit<WriteContext, "lock">,
  draft: OperationDraft,
  rows: readonly JournalRow[],
  why: string,
): Promise<TakenBack> {
  const stuck = await rollBackRows(context.disk, rows, (row, path) => keepVersion(context, row, path));
  const by = compensationId(draft.id);
  const local = await compensationLocal(context, draft, rows);
  const { outcomes } = await context.store.write([compensation(draft, by, why, true)], {
    local,
    whole: true,
  });
  if (outcomes[0]?.status === "stale") await recordWithoutRefs(context, draft, by, why, rows);
  else if (outcomes[0]?.status !== "done") throw notRecorded(draft.id);
  if (stuck.length > 0) await keepStuck(context, draft.id, stuck);
  return { by, why, stuck: stuck.map((one) => one.row.path) };
}

/**
 * A ref has moved on since: it stays where it is. The files are as before the operation, so that the next
 * capture records exactly that as a change on top of what the ref has now.
 */
async function recordWithoutRefs(
  context: Omit<WriteContext, "lock">,
  draft: OperationDraft,
  by: OperationId,
  why: string,
  rows: readonly JournalRow[],
): Promise<void> {
  const local = journalEnd(context, draft.id, rows);
  const { outcomes } = await context.store.write([compensation(draft, by, why, false)], {
    local,
    whole: true,
  });
  if (outcomes[0]?.status !== "done") throw notRecorded(draft.id);
}

function notRecorded(operation: OperationId): StetError {
  return new StetError({
    code: "E-STUCK",
    what: "An operation was taken back on disk, but the store did not record that.",
    where: operation,
    why: "The compensating operation was refused.",
    kept: "The files are as they were before it; the journal keeps the rest for the next attempt.",
    fixes: [{ cmd: "stet verify", summary: "check the store" }],
  });
}

/** The id of the operation that takes `operation` back. */
function compensationId(operation: OperationId): OperationId {
  const digest = createHash("sha256").update(`stet failed ${operation}`).digest();
  return randomId("operation", digest);
}

function compensation(draft: OperationDraft, by: OperationId, why: string, withRefs: boolean): WriteBatch {
  return {
    objects: [],
    operation: {
      id: by,
      collections: draft.collections,
      actor: claimedActor("stet", "stet"),
      kind: "failed",
      reason: `failed, reverted: ${why}`,
      message: null,
      refs: withRefs ? draft.refs.map(reversedRef) : [],
      changes: draft.changes.map(reversedChange),
      undoes: draft.id,
      group: draft.group,
      details: withRefs ? {} : { refs: "had moved on, and were left" },
    },
    openConflicts: [],
    settleConflicts: [],
    pins: [],
    unpins: [],
  };
}

function reversedRef(move: RefMove): RefMove {
  return { name: move.name, before: move.after, after: move.before };
}

function reversedChange(change: PathChange): PathChange {
  return { ...change, before: change.after, after: change.before };
}

async function compensationLocal(
  context: Omit<WriteContext, "lock">,
  draft: OperationDraft,
  rows: readonly JournalRow[],
): Promise<LocalBatch> {
  const checkouts = await context.store.checkouts.checkouts();
  const earlier = checkouts.flatMap((one) => earlierCheckout(one, draft) ?? []);
  const written = await earlierWritten(context, draft, rows);
  return joinLocal({ checkouts: earlier, written }, journalEnd(context, draft.id, rows));
}

/** A checkout with the commit and the branch that it had before the operation moved its ref. */
function earlierCheckout(checkout: Checkout, draft: OperationDraft): Checkout | null {
  const name = `${checkout.collection}/checkouts/${checkout.id}`;
  const move = draft.refs.find((one) => one.name === name);
  if (move === undefined || checkout.materialised !== move.after) return null;
  return { ...checkout, materialised: move.before, branch: draft.details.branchBefore ?? checkout.branch };
}

/** What was last written to targets, as it was before: where that is not known, as a file of unknown source. */
async function earlierWritten(
  context: Omit<WriteContext, "lock">,
  draft: OperationDraft,
  rows: readonly JournalRow[],
) {
  const targets = Map.groupBy(
    rows.filter((row) => row.place !== "root"),
    (row) => `${row.checkout} ${row.place}`,
  );
  const changes: NonNullable<LocalBatch["written"]>[number][] = [];
  for (const group of targets.values()) {
    const first = group[0];
    if (first === undefined) continue;
    const { checkout, place } = first;
    const now = new Map(
      (await context.store.checkouts.written(checkout, place)).map((one) => [one.path, one]),
    );
    // By the changes and not by the rows: a row may be a file in which stet owns several values.
    const ours = draft.changes.filter((one) => one.target === place);
    const put = ours.flatMap(({ path, before, artifact }) =>
      before === null
        ? []
        : [{ path, artifact: now.get(path)?.artifact ?? artifact ?? "", written: before, source: "" }],
    );
    const drop = ours.filter(({ before }) => before === null).map(({ path }) => path);
    changes.push({ checkout, place, put, drop });
  }
  return changes;
}

/** The journal is done with: rows that are stuck come back to it by themselves (`keepStuck`). */
function journalEnd(
  context: Pick<WriteContext, "disk" | "clock">,
  operation: OperationId,
  rows: readonly JournalRow[],
): LocalBatch {
  return { asides: rows.flatMap((row) => leftAside(context, row) ?? []), dropJournal: [operation] };
}

/** Only the stuck rows stay pending, so that they hold up nothing else; the next recovery tries them again. */
async function keepStuck(
  context: Pick<WriteContext, "store">,
  operation: OperationId,
  stuck: readonly StuckRow[],
): Promise<void> {
  const rows = stuck.map(({ row, why }) => ({ ...row, stuck: why }));
  await context.store.checkouts.apply(
    { journal: [{ operation, direction: "back", rows }] },
    { durable: true },
  );
}

function leftAside(context: Pick<WriteContext, "disk" | "clock">, row: JournalRow): Aside | null {
  const entry = row.aside === null ? null : entryAt(context.disk, row.aside);
  if (row.aside === null || entry === null) return null;
  const { checkout, place, path } = row;
  return { disk: row.aside, checkout, place, path, blob: entry.blob, since: context.clock.now() };
}
