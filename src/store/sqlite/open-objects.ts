import { hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { servesAs } from "../expected-references.ts";
import { encodeAlone } from "./encode-object.ts";
import type { KnownObject } from "./known-objects.ts";
import type { ObjectRow } from "./object-row.ts";
import { findObject, isPresent, objectKinds } from "./object-table.ts";
import type { OpenWrite } from "./open-write.ts";
import type { PreparedObject } from "./prepare-batch.ts";
import { recentNodes } from "./recent-nodes.ts";
import { putWords } from "./words-cell.ts";

const insertObject = "INSERT INTO object (hash, kind, size, codec, base, data) VALUES (?, ?, ?, ?, ?, ?)";
const updateObject = "UPDATE object SET kind = ?, codec = ?, base = ?, data = ? WHERE n = ?";

/** Objects that are in the store, or come with what is being written, under the write lock. */
export class OpenObjects {
  readonly #open: OpenWrite;
  readonly #coming = new Map<ObjectId, { readonly kind: NewObject["kind"]; readonly size: number }>();
  /** What had no row when it was prepared. */
  readonly #new = new Set<ObjectId>();

  constructor(open: OpenWrite, prepared: readonly PreparedObject[]) {
    this.#open = open;
    for (const { object, isNew } of prepared) {
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

  /** Whether the content is in the store: nobody pruned it, and it need not come any more. */
  isPresent(id: ObjectId): boolean {
    const row = findObject(this.#open.database, hashIdToBytes(id));
    return row !== undefined && isPresent(row);
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
    // From here on it is in the store, and found there where it is not remembered any more.
    this.#new.delete(object.id);
    const row = isNew ? undefined : findObject(database, hash);
    if (row !== undefined && isPresent(row)) {
      this.#upgrade(row, object);
      return;
    }
    const base = coded === null || coded.base === null ? null : this.#presentNumber(coded.base);
    const holds = coded !== null && (coded.base === null || base !== null);
    const stored = holds ? coded : encodeAlone(object);
    // Once checked as a node or commit it stays one: what it refers to is there still, at least as a tombstone.
    const keptKind = row === undefined || row.kind === "blob" ? object.kind : row.kind;
    const kind = objectKinds.indexOf(keptKind);
    const size = object.bytes.length;
    const cells = [stored.codec, holds ? base : null, stored.data] as const;
    if (row !== undefined) database.run(updateObject, kind, ...cells, row.n);
    const n = row?.n ?? database.insert(insertObject, hash, kind, size, ...cells);
    objects.remember(object.id, { n, kind: keptKind, size });
    if (object.kind === "node") {
      recentNodes(database).remember(object.id, { n, bytes: object.bytes, depth: stored.depth });
    }
    this.#putWords(n, object);
  }

  /** The number of an object whose content is in the store; null where it was pruned. */
  #presentNumber(id: ObjectId): number | null {
    const { database } = this.#open;
    const row = recentNodes(database).recall(id);
    if (row !== undefined) return row.n;
    const found = findObject(database, hashIdToBytes(id));
    return found !== undefined && isPresent(found) ? found.n : null;
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
