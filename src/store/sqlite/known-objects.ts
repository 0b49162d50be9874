import { hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import type { Database } from "./database.ts";
import { findObject } from "./object-table.ts";
import { recentNodes } from "./recent-nodes.ts";

/** What never changes of an object's row, but that a blob may turn out to be a node or a commit as well. */
export interface KnownObject {
  readonly n: number;
  readonly kind: NewObject["kind"];
  readonly size: number;
}

/** Some 200 bytes each. */
const rememberedMax = 50_000;

/**
 * Objects whose rows this process has seen.
 *
 * Invariants: a row of `object` is never removed nor renumbered, so what is remembered of one that is committed
 * stays true whatever other processes do; whether its content is still there (pruned, re-encoded) is never
 * remembered. After a transaction that was taken back, `forget` drops them all.
 */
export class KnownObjects {
  readonly #database: Database;
  readonly #known = new Map<ObjectId, KnownObject>();

  constructor(database: Database) {
    this.#database = database;
  }

  forget(): void {
    this.#known.clear();
    recentNodes(this.#database).clear();
  }

  recall(id: ObjectId): KnownObject | undefined {
    return this.#known.get(id);
  }

  remember(id: ObjectId, object: KnownObject): void {
    if (this.#known.size >= rememberedMax) this.#known.clear();
    this.#known.set(id, { n: object.n, kind: object.kind, size: object.size });
  }

  /** From memory, else from the store. */
  find(id: ObjectId): KnownObject | undefined {
    return this.#known.get(id) ?? this.findAgain(id);
  }

  /** From the store, whatever is remembered. */
  findAgain(id: ObjectId): KnownObject | undefined {
    const row = findObject(this.#database, hashIdToBytes(id));
    if (row !== undefined) this.remember(id, row);
    return row;
  }
}
