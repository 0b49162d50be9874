import type { Micros } from "../../domain/clock.ts";
import { nextTimestamp } from "../../domain/clock.ts";
import type { FileEntry } from "../../domain/files.ts";
import { hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { servesAs } from "../expected-references.ts";
import type { WriteBatch, WriteOutcome } from "../history-store.ts";
import { codecs } from "./codec.ts";
import { conflictRefusal, writeConflicts } from "./conflict-table.ts";
import type { Database } from "./database.ts";
import type { KnownObject } from "./known-objects.ts";
import type { ObjectRow } from "./object-row.ts";
import { findObject, isPresent, objectKinds } from "./object-table.ts";
import type { OpenWrite } from "./open-write.ts";
import { insertOperation, readOperation, sameDraft, sequenceOf } from "./operation-table.ts";
import { pinRefusal, writePins } from "./pin-table.ts";
import { baseHolds, encodeAgain, type PreparedBatch, type PreparedObject } from "./prepare-batch.ts";
import { putWords } from "./words-cell.ts";

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
  const objects = new BatchObjects(open, prepared);
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
  return { status: "done", operation, replayed: false };
}

const insertObject = "INSERT INTO object (hash, kind, size, codec, base, data) VALUES (?, ?, ?, ?, ?, ?)";

/** Objects that are in the store, or come with the batch. */
class BatchObjects {
  readonly #open: OpenWrite;
  readonly #coming = new Map<ObjectId, { readonly kind: NewObject["kind"]; readonly size: number }>();
  /** What had no row when the batch was prepared. */
  readonly #new = new Set<ObjectId>();

  constructor(open: OpenWrite, prepared: PreparedBatch) {
    this.#open = open;
    for (const { object, isNew } of prepared.objects) {
      const before = this.#coming.get(object.id);
      if (before === undefined || before.kind === "blob") {
        this.#coming.set(object.id, { kind: object.kind, size: object.bytes.length });
      }
      if (isNew) this.#new.add(object.id);
    }
  }

  find(id: ObjectId): KnownObject | undefined {
    return this.#open.objects.recall(id) ?? (this.#isAbsent(id) ? undefined : this.#open.objects.find(id));
  }

  /** Whether an object is there, pruned or coming, and may be read as that kind. */
  serves(id: ObjectId, wanted: NewObject["kind"]): boolean {
    const coming = this.#coming.get(id);
    if (coming !== undefined && servesAs(coming.kind, wanted)) return true;
    const found = this.find(id);
    if (found === undefined) return false;
    if (servesAs(found.kind, wanted)) return true;
    // Another process may have stored as a node since what was remembered as a file's bytes.
    const again = this.#open.objects.findAgain(id);
    return again !== undefined && servesAs(again.kind, wanted);
  }

  size(id: ObjectId): number | undefined {
    return this.#coming.get(id)?.size ?? this.find(id)?.size;
  }

  number(id: ObjectId): number {
    const row = this.find(id);
    if (row === undefined) throw new RangeError(`${id} was checked and is not there`);
    return row.n;
  }

  put({ object, coded }: PreparedObject): void {
    const { database, objects } = this.#open;
    const hash = hashIdToBytes(object.id);
    // What was known outside the lock may have been pruned since.
    const isNew = this.#isAbsent(object.id) && objects.recall(object.id) === undefined;
    const row = isNew ? undefined : findObject(database, hash);
    if (row !== undefined && isPresent(row)) {
      this.#upgrade(row, object);
      return;
    }
    const base = coded?.base == null ? undefined : findObject(database, hashIdToBytes(coded.base));
    const stored = coded !== null && baseHolds(coded, base) ? coded : encodeAgain(object);
    const baseNumber = stored.codec === codecs.delta && base !== undefined ? base.n : null;
    const size = object.bytes.length;
    const kind = objectKinds.indexOf(object.kind);
    if (row === undefined) {
      const n = database.insert(insertObject, hash, kind, size, stored.codec, baseNumber, stored.data);
      objects.remember(object.id, { n, kind: object.kind, size });
      this.#putWords(n, object);
      return;
    }
    // Once checked as a node or commit it stays one: what it refers to is there still, at least as a tombstone.
    const keptKind = row.kind === "blob" ? object.kind : row.kind;
    database.run(
      "UPDATE object SET kind = ?, codec = ?, base = ?, data = ? WHERE n = ?",
      objectKinds.indexOf(keptKind),
      stored.codec,
      baseNumber,
      stored.data,
      row.n,
    );
    objects.remember(object.id, { n: row.n, kind: keptKind, size });
    this.#putWords(row.n, object);
  }

  /** The bytes of a node or a commit that were stored as a file's are one from now on. */
  #upgrade(row: ObjectRow, object: NewObject): void {
    const { database, objects } = this.#open;
    if (object.kind === "blob" || row.kind !== "blob") {
      objects.remember(object.id, row);
      return;
    }
    database.run("UPDATE object SET kind = ? WHERE n = ?", objectKinds.indexOf(object.kind), row.n);
    objects.remember(object.id, { ...row, kind: object.kind });
    this.#putWords(row.n, object);
  }

  /** Absent when it was prepared, and nobody else has written since. What this transaction put is remembered. */
  #isAbsent(id: ObjectId): boolean {
    return this.#open.undisturbed && this.#new.has(id);
  }

  #putWords(n: number, object: NewObject): void {
    if (object.kind !== "commit" || object.words === null) return;
    putWords(this.#open.database, n, object.words);
  }
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

function missingObjects(objects: BatchObjects, prepared: PreparedBatch): readonly ObjectId[] {
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
  const { operation, openConflicts, pins } = prepared.batch;
  const needEntry = (entry: FileEntry | null): void => {
    if (entry !== null) need(entry.blob, "blob");
  };
  for (const { after } of operation.refs) if (after !== null) need(after, "commit");
  for (const { before, after } of operation.changes) [before, after].forEach(needEntry);
  for (const { base, yours, theirs } of openConflicts) [base, yours, theirs].forEach(needEntry);
  for (const { commit } of pins) need(commit, "commit");
  return [...missing];
}

function sizeRefusal(objects: BatchObjects, batch: WriteBatch): string | null {
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
