import type { Micros } from "../../domain/clock.ts";
import { sameEntry } from "../../domain/files.ts";
import { hashIdToBytes, type ObjectId, type OperationId } from "../../domain/ids.ts";
import {
  type Operation,
  type OperationDraft,
  operationKinds,
  type RefMove,
} from "../../domain/operations.ts";
import { encodeCanonical } from "../../snapshot/canonical-cbor.ts";
import { linkOf } from "../operation-chain.ts";
import { insertChanges } from "./change-table.ts";
import type { Database } from "./database.ts";
import type { Names } from "./names.ts";
import type { OpenWrite } from "./open-write.ts";
import { operationIdCell } from "./operation-id-cell.ts";
import type { PreparedBatch } from "./prepare-batch.ts";
import { integer } from "./row.ts";

/**
 * The log. Invariants: `sequence` counts from 1 without a gap and `at` increases strictly with it; `chain` is the
 * link that operation-chain.ts computes over the row, its changes and the links of its parents.
 */

/** Position of an operation in the log; null where it is not there. */
export function sequenceOf(database: Database, id: OperationId): number | null {
  const row = database.get(
    "SELECT sequence FROM operation WHERE substr(id, 1, 5) = substr(?1, 1, 5) AND id = ?1",
    operationIdCell(id),
  );
  return row === undefined ? null : integer(row, "sequence");
}

const insertRow =
  "INSERT INTO operation (sequence, id, at, actor, kind, chain, body, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

/** Appends an operation and its changes, under the write lock. */
export function insertOperation(
  open: OpenWrite,
  { batch, draft, words }: PreparedBatch,
  time: { readonly at: Micros; readonly uncertain: boolean },
  numberOf: (id: ObjectId) => number,
): Operation {
  const { database, names } = open;
  const { operation } = batch;
  const sequence = open.last().sequence + 1;
  const collections = operation.collections.map((collection) => names.text(collection));
  const heads = collections.map((collection) => open.head(collection));
  const recorded = {
    at: time.at,
    atUncertain: time.uncertain,
    parents: heads.map((head) => head?.chain ?? null),
  };
  const parents = heads.map((head) => head?.sequence ?? null);
  const chain = linkOf(draft, recorded);
  database.run(
    insertRow,
    sequence,
    operationIdCell(operation.id),
    time.at,
    names.actor(operation.actor),
    operationKinds.indexOf(operation.kind),
    hashIdToBytes(chain),
    encodeBody(names, operation, parents, time.uncertain, numberOf),
    words,
  );
  for (const collection of collections) {
    database.run("INSERT INTO log (collection, sequence) VALUES (?, ?)", collection, sequence);
  }
  insertChanges(database, names, sequence, operation.changes, numberOf);
  open.appended(sequence, time.at, chain, collections);
  return { ...operation, sequence, ...recorded, chain };
}

/** Collections, parents by sequence, refs, what it undoes, group, whether the time is uncertain. */
function encodeBody(
  names: Names,
  draft: OperationDraft,
  parents: readonly (number | null)[],
  uncertain: boolean,
  numberOf: (id: ObjectId) => number,
): Uint8Array {
  return encodeCanonical([
    draft.collections.map((collection) => names.text(collection)),
    parents,
    draft.refs.map(({ name, before, after }) => [
      names.text(name),
      before === null ? null : numberOf(before),
      after === null ? null : numberOf(after),
    ]),
    draft.undoes === null ? null : operationIdCell(draft.undoes),
    draft.group,
    uncertain,
  ]);
}

/** Whether a recorded operation is what the draft says; words that were forgotten meanwhile do not count. */
export function sameDraft(recorded: Operation, draft: OperationDraft): boolean {
  const plain = (one: OperationDraft): string =>
    JSON.stringify([one.collections, one.actor.name, one.kind, one.undoes, one.group, one.refs.map(refKey)]);
  if (plain(recorded) !== plain(draft) || recorded.changes.length !== draft.changes.length) return false;
  return recorded.changes.every((change, index) => {
    const other = draft.changes[index];
    return (
      other !== undefined &&
      change.collection === other.collection &&
      change.path === other.path &&
      change.target === other.target &&
      sameEntry(change.before, other.before) &&
      sameEntry(change.after, other.after)
    );
  });
}

function refKey(move: RefMove): readonly unknown[] {
  return [move.name, move.before, move.after];
}
