import { type CollectionId, hashIdFromBytes, hashIdToBytes, type NodeId } from "../../domain/ids.ts";
import { expectedReferences } from "../expected-references.ts";
import type { PruneRequest } from "../maintenance.ts";
import { newestExpired } from "./ahead-table.ts";
import type { Cell, Database } from "./database.ts";
import type { MaintenanceContext } from "./engine-methods.ts";
import type { Names } from "./names.ts";
import { findObject, isPresent, objectByNumber, readObject } from "./object-table.ts";
import { commitsOfBody } from "./operation-reading.ts";
import { blob, integer } from "./row.ts";

/** Numbers of objects by which something is named outside the objects themselves. */
const rootQueries = [
  "SELECT target AS n FROM ref",
  "SELECT target FROM pin",
  "SELECT base FROM conflict WHERE settled IS NULL",
  "SELECT yours FROM conflict WHERE settled IS NULL",
  "SELECT theirs FROM conflict WHERE settled IS NULL",
] as const;

/** Hashes by which this machine's records name objects. */
const rootHashes = [
  "SELECT before AS hash FROM journal_row WHERE before IS NOT NULL",
  "SELECT after FROM journal_row WHERE after IS NOT NULL",
  "SELECT blob FROM index_entry",
  "SELECT blob FROM written",
  "SELECT blob FROM aside",
  "SELECT yours FROM kept",
  "SELECT base FROM kept WHERE base IS NOT NULL",
  "SELECT materialised FROM checkout WHERE materialised IS NOT NULL",
] as const;

/** Numbers of objects that history names, whatever its age. */
const namedQueries = [
  "SELECT n FROM object WHERE kind = 2",
  "SELECT before AS n FROM change",
  "SELECT after FROM change",
  "SELECT base FROM conflict",
  "SELECT yours FROM conflict",
  "SELECT theirs FROM conflict",
] as const;

/**
 * Marks what must stay.
 *
 * Invariant: whatever is marked, everything that it refers to is marked too, except the parents of a commit: a
 * version that is kept does not keep all the versions before it.
 */
export class LiveObjects {
  readonly #database: Database;
  readonly #names: Names;
  readonly #live = new Set<number>();

  constructor(database: Database, names: Names) {
    this.#database = database;
    this.#names = names;
  }

  has(n: number): boolean {
    return this.#live.has(n);
  }

  /** Marks whatever any version, change, conflict or record of this machine names. */
  markNamed(): void {
    this.#markNumbers(namedQueries.join(" UNION "));
    for (const row of this.#database.all(rootHashes.join(" UNION "))) this.#markHash(blob(row, "hash"));
  }

  markRoots(request: PruneRequest & Pick<MaintenanceContext, "wall">): void {
    this.#markNumbers(rootQueries.join(" UNION "));
    this.#markNumbers("SELECT object AS n FROM ahead WHERE at > ?", newestExpired(request.wall));
    for (const row of this.#database.all(rootHashes.join(" UNION "))) this.#markHash(blob(row, "hash"));
    for (const id of request.keepCommits) this.#markHash(hashIdToBytes(id));
    const settled = "FROM conflict JOIN operation ON sequence = settled WHERE operation.at >= ?";
    for (const side of ["base", "yours", "theirs"]) {
      this.#markNumbers(`SELECT ${side} AS n ${settled}`, request.keepConflictsSince);
    }
    this.#markOperations(request.keepOperationsFrom);
    this.#markOtherCollections(request.operation.collections);
  }

  /** A policy is one collection's: of all others in the store everything stays, whatever its age. */
  #markOtherCollections(pruned: readonly CollectionId[]): void {
    const numbers = pruned.flatMap((id) => this.#names.findText(id) ?? []).join(",");
    const changed = `FROM change JOIN place ON place.n = place WHERE place.collection NOT IN (${numbers})`;
    const texts = pruned.map(() => "?").join(",");
    const disputed = ["base", "yours", "theirs"].map(
      (side) => `SELECT ${side} AS n FROM conflict WHERE collection NOT IN (${texts})`,
    );
    const queries = [`SELECT before AS n ${changed}`, `SELECT after ${changed}`, ...disputed].join(" UNION ");
    const cells = disputed.flatMap(() => pruned);
    this.#markNumbers(queries, ...cells);
    const others = `SELECT sequence FROM log WHERE collection NOT IN (${numbers})`;
    this.#markRefsOf(`sequence IN (${others})`);
  }

  /** What operations within the undo horizon changed, and every state that their refs moved between. */
  #markOperations(from: number): void {
    const changed = "FROM change WHERE operation >= ?";
    const changes = `SELECT before AS n ${changed} UNION SELECT after ${changed}`;
    this.#markNumbers(changes, from, from);
    this.#markRefsOf("sequence >= ?", from);
  }

  #markRefsOf(which: string, ...cells: readonly number[]): void {
    for (const row of this.#database.all(`SELECT body FROM operation WHERE ${which}`, ...cells)) {
      for (const n of commitsOfBody(blob(row, "body"))) this.#mark(n);
    }
  }

  #markNumbers(sql: string, ...cells: readonly Cell[]): void {
    for (const row of this.#database.all(sql, ...cells)) {
      if (row.n !== null) this.#mark(integer(row, "n"));
    }
  }

  #markHash(hash: Uint8Array): void {
    const row = findObject(this.#database, hash);
    if (row !== undefined) this.#mark(row.n);
  }

  /** Marks an object and all below it; nodes that are shared are walked once. */
  #mark(first: number): void {
    const waiting = [first];
    for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
      if (this.#live.has(n)) continue;
      this.#live.add(n);
      const row = objectByNumber(this.#database, n);
      if (row === undefined || !isPresent(row) || row.kind === "blob") continue;
      const id = hashIdFromBytes<NodeId>(row.hash);
      const read = readObject(this.#database, id);
      if (read === undefined) continue;
      const object =
        row.kind === "node"
          ? { kind: row.kind, id, bytes: read.bytes }
          : { kind: row.kind, id: hashIdFromBytes<never>(row.hash), bytes: read.bytes, words: null };
      for (const reference of expectedReferences(object)) {
        if (reference.kind === "commit") continue;
        const found = findObject(this.#database, hashIdToBytes(reference.id));
        if (found !== undefined) waiting.push(found.n);
      }
    }
  }
}
