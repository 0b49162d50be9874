import type { Micros } from "../../domain/clock.ts";
import { type ChainHash, type CommitId, hashIdFromBytes } from "../../domain/ids.ts";
import type { RefName } from "../../domain/operations.ts";
import type { Database } from "./database.ts";
import type { KnownObjects } from "./known-objects.ts";
import type { Names } from "./names.ts";
import { recentNodes } from "./recent-nodes.ts";
import { blob, integer, integerOrNull } from "./row.ts";

/** The newest operation of a collection. */
export interface Head {
  readonly sequence: number;
  readonly chain: ChainHash;
}

/** The newest operation of a collection, by the number of its id's text. */
export function headOf(database: Database, collection: number): Head | null {
  const row = database.get(
    "SELECT sequence, chain FROM operation WHERE sequence =" +
      " (SELECT max(sequence) FROM log WHERE collection = ?)",
    collection,
  );
  if (row === undefined) return null;
  return { sequence: integer(row, "sequence"), chain: hashIdFromBytes(blob(row, "chain")) };
}

/**
 * One write transaction, and what it has read and written so far: the end of the log, heads and refs.
 *
 * Invariant: it lives no longer than its transaction, and whatever that writes to the log or to a ref goes through
 * it. The write lock keeps everybody else out, so each is read once.
 */
export class OpenWrite {
  readonly database: Database;
  readonly names: Names;
  readonly objects: KnownObjects;
  /** Whether nobody else has written since the batches were prepared: what was absent then is absent now. */
  readonly undisturbed: boolean;
  readonly #heads = new Map<number, Head | null>();
  readonly #refs = new Map<RefName, CommitId | null>();
  #last: { sequence: number; at: Micros | null } | null = null;

  /** `version` is the database's when the batches were prepared; null where that is not known. */
  constructor(database: Database, names: Names, version: number | null) {
    this.database = database;
    this.names = names;
    this.objects = names.objects;
    const now = database.version();
    this.undisturbed = version === now;
    recentNodes(database).asOf(now);
  }

  /** The end of the log: sequence 0 and no time where it is empty. */
  last(): { readonly sequence: number; readonly at: Micros | null } {
    if (this.#last === null) {
      const row = this.database.get("SELECT sequence, at FROM operation ORDER BY sequence DESC LIMIT 1") ?? {
        sequence: 0,
        at: null,
      };
      this.#last = { sequence: integer(row, "sequence"), at: integerOrNull(row, "at") };
    }
    return this.#last;
  }

  head(collection: number): Head | null {
    const known = this.#heads.get(collection);
    if (known !== undefined) return known;
    const head = headOf(this.database, collection);
    this.#heads.set(collection, head);
    return head;
  }

  /** Notes an operation that was appended to the log of these collections. */
  appended(sequence: number, at: Micros, chain: ChainHash, collections: readonly number[]): void {
    this.#last = { sequence, at };
    for (const collection of collections) this.#heads.set(collection, { sequence, chain });
  }

  /** Where a ref points; null where it is not there. */
  ref(name: RefName): CommitId | null {
    const known = this.#refs.get(name);
    if (known !== undefined) return known;
    const row = this.database.get(
      "SELECT hash FROM ref JOIN object ON object.n = ref.target WHERE name = ?",
      name,
    );
    const target = row === undefined ? null : hashIdFromBytes<CommitId>(blob(row, "hash"));
    this.#refs.set(name, target);
    return target;
  }

  /** Points a ref at a commit, `target` being the number of `after`; null removes it. */
  moveRef(name: RefName, after: CommitId | null, target: number | null): void {
    this.#refs.set(name, after);
    if (target === null) this.database.run("DELETE FROM ref WHERE name = ?", name);
    else this.database.run(putRef, name, target);
  }
}

const putRef =
  "INSERT INTO ref (name, target) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET target = excluded.target";
