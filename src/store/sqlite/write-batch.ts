import type { Micros } from "../../domain/clock.ts";
import { nextTimestamp } from "../../domain/clock.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { ObjectId } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { servesAs } from "../expected-references.ts";
import type { WriteBatch, WriteOutcome } from "../history-store.ts";
import { dropAheadMark } from "./ahead-table.ts";
import { conflictRefusal, writeConflicts } from "./conflict-table.ts";
import type { Database } from "./database.ts";
import { OpenObjects } from "./open-objects.ts";
import type { OpenWrite } from "./open-write.ts";
import { readOperation } from "./operation-reading.ts";
import { insertOperation, sameDraft, sequenceOf } from "./operation-table.ts";
import { pinRefusal, writePins } from "./pin-table.ts";
import type { PreparedBatch } from "./prepare-batch.ts";

/**
 * One batch, under the write lock.
 *
 * Invariant: everything is checked before the first row is written. So a batch that is not `done` has left
 * nothing behind, and those beside it in the same transaction need no savepoint.
 */
export function writeBatch(open: OpenWrite, prepared: PreparedBatch, wall: Micros): WriteOutcome {
  const { batch } = prepared;
  const { database } = open;
  const replayed = replayOf(open, batch);
  if (replayed !== null) return replayed;
  const stale = staleMove(open, batch);
  if (stale !== null) return stale;
  const objects = new OpenObjects(open, prepared.objects);
  const missing = missingObjects(objects, prepared);
  if (missing.length > 0) return { status: "incomplete", missing };
  const why =
    sizeRefusal(objects, batch) ??
    undoneRefusal(database, batch) ??
    conflictRefusal(database, batch) ??
    pinRefusal(database, batch);
  if (why !== null) return { status: "refused", why };
  for (const one of prepared.objects) objects.put(one);
  const numberOf = (id: ObjectId): number => objects.number(id);
  const time = nextTimestamp(open.last().at, wall, limits.clockLeadMicrosMax);
  const operation = insertOperation(open, prepared, time, numberOf);
  for (const { name, after } of batch.operation.refs) {
    open.moveRef(name, after, after === null ? null : numberOf(after));
  }
  writeConflicts(database, batch, operation, numberOf);
  writePins(database, batch, operation, numberOf);
  for (const id of batch.ahead ?? []) dropAheadMark(database, numberOf(id));
  return { status: "done", operation, replayed: false };
}

/** The same operation again changes nothing; another one under its id is refused. */
function replayOf({ database, names }: OpenWrite, batch: WriteBatch): WriteOutcome | null {
  const sequence = sequenceOf(database, batch.operation.id);
  if (sequence === null) return null;
  const operation = readOperation(database, names, sequence);
  if (!sameDraft(operation, batch.operation)) {
    return { status: "refused", why: `another operation has the id ${operation.id}` };
  }
  return { status: "done", operation, replayed: true };
}

function staleMove(open: OpenWrite, batch: WriteBatch): WriteOutcome | null {
  for (const move of batch.operation.refs) {
    const present = open.ref(move.name);
    if (present !== move.before) return { status: "stale", move, present };
  }
  return null;
}

function missingObjects(objects: OpenObjects, prepared: PreparedBatch): readonly ObjectId[] {
  const missing = new Set<ObjectId>();
  const need = (id: ObjectId, kind: NewObject["kind"]): void => {
    if (!objects.serves(id, kind)) missing.add(id);
  };
  for (const { object, references } of prepared.objects) {
    const row = objects.find(object.id);
    // Its references were checked when it came in.
    if (row !== undefined && servesAs(row.kind, object.kind)) continue;
    for (const { id, kind } of references) need(id, kind);
  }
  const { operation, openConflicts, pins, ahead = [] } = prepared.batch;
  for (const id of ahead) if (!objects.isPresent(id)) missing.add(id);
  const needEntry = (entry: FileEntry | null): void => {
    if (entry !== null) need(entry.blob, "blob");
  };
  for (const { after } of operation.refs) if (after !== null) need(after, "commit");
  for (const { before, after } of operation.changes) [before, after].forEach(needEntry);
  for (const { base, yours, theirs } of openConflicts) [base, yours, theirs].forEach(needEntry);
  for (const { commit } of pins) need(commit, "commit");
  return [...missing];
}

function sizeRefusal(objects: OpenObjects, batch: WriteBatch): string | null {
  for (const change of batch.operation.changes) {
    for (const entry of [change.before, change.after]) {
      if (entry !== null && objects.size(entry.blob) !== entry.size) {
        return `${change.path} is said to have ${entry.size} bytes, its blob has ${objects.size(entry.blob)}`;
      }
    }
  }
  return null;
}

function undoneRefusal(database: Database, batch: WriteBatch): string | null {
  const { undoes } = batch.operation;
  if (undoes === null || sequenceOf(database, undoes) !== null) return null;
  return `the operation it takes back is not there: ${undoes}`;
}
