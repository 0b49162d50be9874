import type { Micros } from "../../domain/clock.ts";
import { nextTimestamp } from "../../domain/clock.ts";
import type { FileEntry } from "../../domain/files.ts";
import { type CommitId, hashIdFromBytes, hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { servesAs } from "../expected-references.ts";
import type { WriteBatch, WriteOutcome } from "../history-store.ts";
import { codecs } from "./codec.ts";
import { conflictRefusal, writeConflicts } from "./conflict-table.ts";
import type { Database } from "./database.ts";
import type { Names } from "./names.ts";
import type { ObjectRow } from "./object-row.ts";
import { findObject, isPresent, objectKinds } from "./object-table.ts";
import { insertOperation, readOperation, sameDraft, sequenceOf } from "./operation-table.ts";
import { pinRefusal, writePins } from "./pin-table.ts";
import { baseHolds, encodeAgain, type PreparedBatch, type PreparedObject } from "./prepare-batch.ts";
import { blob, integer } from "./row.ts";
import { putWords } from "./words-cell.ts";

/**
 * One batch, under the write lock.
 *
 * Invariant: everything is checked before the first row is written. So a batch that is not `done` has left
 * nothing behind, and those beside it in the same transaction need no savepoint.
 */
export function writeBatch(
  database: Database,
  names: Names,
  prepared: PreparedBatch,
  wall: Micros,
): WriteOutcome {
  const { batch } = prepared;
  const replayed = replayOf(database, names, batch);
  if (replayed !== null) return replayed;
  const stale = staleMove(database, batch);
  if (stale !== null) return stale;
  const objects = new KnownObjects(database, prepared);
  const missing = missingObjects(objects, prepared);
  if (missing.length > 0) return { status: "incomplete", missing };
  const why =
    sizeRefusal(objects, batch) ??
    undoneRefusal(database, batch) ??
    conflictRefusal(database, batch) ??
    pinRefusal(database, batch);
  if (why !== null) return { status: "refused", why };
  for (const one of prepared.objects) objects.put(one);
  const operation = insertOperation(database, names, prepared, timeOf(database, wall), (id) =>
    objects.number(id),
  );
  moveRefs(database, batch, objects);
  writeConflicts(database, batch, operation, (id) => objects.number(id));
  writePins(database, batch, operation, (id) => objects.number(id));
  return { status: "done", operation, replayed: false };
}

/** Objects that are in the store, or come with the batch. */
class KnownObjects {
  readonly #database: Database;
  readonly #rows: Map<ObjectId, ObjectRow>;
  readonly #coming: ReadonlyMap<ObjectId, NewObject["kind"]>;
  readonly #sizes: ReadonlyMap<ObjectId, number>;

  constructor(database: Database, prepared: PreparedBatch) {
    this.#database = database;
    this.#rows = new Map(prepared.known);
    const coming = new Map<ObjectId, NewObject["kind"]>();
    for (const { object } of prepared.objects) {
      const before = coming.get(object.id);
      if (before === undefined || before === "blob") coming.set(object.id, object.kind);
    }
    this.#coming = coming;
    this.#sizes = new Map(prepared.objects.map(({ object }) => [object.id, object.bytes.length]));
  }

  find(id: ObjectId): ObjectRow | undefined {
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    const found = findObject(this.#database, hashIdToBytes(id));
    if (found !== undefined) this.#rows.set(id, found);
    return found;
  }

  /** Whether an object is there, pruned or coming, and may be read as that kind. */
  serves(id: ObjectId, wanted: NewObject["kind"]): boolean {
    const coming = this.#coming.get(id);
    if (coming !== undefined && servesAs(coming, wanted)) return true;
    const row = this.find(id);
    return row !== undefined && servesAs(row.kind, wanted);
  }

  size(id: ObjectId): number | undefined {
    return this.#sizes.get(id) ?? this.find(id)?.size;
  }

  number(id: ObjectId): number {
    const row = this.find(id);
    if (row === undefined) throw new RangeError(`${id} was checked and is not there`);
    return row.n;
  }

  put({ object, coded }: PreparedObject): void {
    // What was known outside the lock may have been pruned since.
    const row = findObject(this.#database, hashIdToBytes(object.id));
    const kind = objectKinds.indexOf(object.kind);
    if (row !== undefined && isPresent(row)) {
      this.#rows.set(object.id, row);
      if (object.kind !== "blob" && row.kind === "blob") {
        this.#database.run("UPDATE object SET kind = ? WHERE n = ?", kind, row.n);
        this.#putWords(row.n, object);
      }
      return;
    }
    const base = coded?.base == null ? undefined : findObject(this.#database, hashIdToBytes(coded.base));
    const stored = coded !== null && baseHolds(coded, base) ? coded : encodeAgain(object);
    const baseNumber = stored.codec === codecs.delta && base !== undefined ? base.n : null;
    const size = object.bytes.length;
    let n: number;
    let keptKind = object.kind;
    if (row !== undefined) {
      n = row.n;
      // Once checked as a node or commit it stays one: what it refers to is there still, at least as a tombstone.
      if (row.kind !== "blob") keptKind = row.kind;
      this.#database.run(
        "UPDATE object SET kind = ?, codec = ?, base = ?, data = ? WHERE n = ?",
        objectKinds.indexOf(keptKind),
        stored.codec,
        baseNumber,
        stored.data,
        n,
      );
    } else {
      n = this.#database.insert(
        "INSERT INTO object (hash, kind, size, codec, base, data) VALUES (?, ?, ?, ?, ?, ?)",
        hashIdToBytes(object.id),
        kind,
        size,
        stored.codec,
        baseNumber,
        stored.data,
      );
    }
    this.#rows.set(object.id, { n, kind: keptKind, size, codec: stored.codec, base: baseNumber });
    this.#putWords(n, object);
  }

  #putWords(n: number, object: NewObject): void {
    if (object.kind !== "commit" || object.words === null) return;
    putWords(this.#database, n, object.words);
  }
}

/** The same operation again changes nothing; another one under its id is refused. */
function replayOf(database: Database, names: Names, batch: WriteBatch): WriteOutcome | null {
  const sequence = sequenceOf(database, batch.operation.id);
  if (sequence === null) return null;
  const operation = readOperation(database, names, sequence);
  if (!sameDraft(operation, batch.operation)) {
    return { status: "refused", why: `another operation has the id ${operation.id}` };
  }
  return { status: "done", operation, replayed: true };
}

function staleMove(database: Database, batch: WriteBatch): WriteOutcome | null {
  for (const move of batch.operation.refs) {
    const row = database.get(
      "SELECT hash FROM ref JOIN object ON object.n = ref.target WHERE name = ?",
      move.name,
    );
    const present = row === undefined ? null : hashIdFromBytes<CommitId>(blob(row, "hash"));
    if (present !== move.before) return { status: "stale", move, present };
  }
  return null;
}

function missingObjects(objects: KnownObjects, prepared: PreparedBatch): readonly ObjectId[] {
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

function sizeRefusal(objects: KnownObjects, batch: WriteBatch): string | null {
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

function timeOf(database: Database, wall: Micros): { readonly at: Micros; readonly uncertain: boolean } {
  const row = database.get("SELECT at FROM operation ORDER BY sequence DESC LIMIT 1");
  const last = row === undefined ? null : integer(row, "at");
  return nextTimestamp(last, wall, limits.clockLeadMicrosMax);
}

function moveRefs(database: Database, batch: WriteBatch, objects: KnownObjects): void {
  for (const { name, after } of batch.operation.refs) {
    if (after === null) database.run("DELETE FROM ref WHERE name = ?", name);
    else {
      database.run(
        "INSERT INTO ref (name, target) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET target = excluded.target",
        name,
        objects.number(after),
      );
    }
  }
}
