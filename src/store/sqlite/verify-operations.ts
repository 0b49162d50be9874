import { type ChainHash, type CollectionId, hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import type { Operation } from "../../domain/operations.ts";
import type { StoreProblem } from "../history-store.ts";
import { hashDraft, linkOf } from "../operation-chain.ts";
import type { Database } from "./database.ts";
import type { Names } from "./names.ts";
import { findObject } from "./object-table.ts";
import { operationColumns, operationOfRow, wordsOfRow } from "./operation-reading.ts";
import type { ProblemList } from "./problem-list.ts";
import { tombstonesHash } from "./prune-store.ts";
import { integer, text } from "./row.ts";

/** What the log says so far: where each collection's chain and each ref must stand. */
interface Walk {
  readonly heads: Map<string, ChainHash>;
  readonly refs: Map<string, string>;
  at: number;
}

/**
 * Recomputes every link of the log, replays every move of a ref, and compares where the refs stand at its end.
 * Returns how many operations there are.
 */
export function verifyOperations(database: Database, names: Names, list: ProblemList): number {
  let last = 0;
  let count = 0;
  list.guard("the log", () => {
    const row = database.get("SELECT max(sequence) AS last, count(*) AS count FROM operation");
    last = row?.last == null ? 0 : integer(row, "last");
    count = row === undefined ? 0 : integer(row, "count");
  });
  const walk: Walk = { heads: new Map(), refs: new Map(), at: Number.NEGATIVE_INFINITY };
  for (let sequence = 1; sequence <= last; sequence++) {
    const where = `operation ${sequence}`;
    list.guard(where, () => {
      const row = database.get(`SELECT ${operationColumns} FROM operation WHERE sequence = ?`, sequence);
      if (row === undefined) {
        list.add("E-STORE-DAMAGED", "An operation is gone from the log.", where);
        return;
      }
      const operation = operationOfRow(database, names, row);
      const draft = hashDraft(operation, wordsOfRow(row).hashes());
      verifyLink(list, walk, operation, draft);
      verifyMoves(database, list, walk, operation);
      verifyMembership(database, names, list, operation);
      verifyTombstones(database, list, operation);
    });
  }
  list.guard("the refs", () => compareRefs(database, list, walk.refs));
  return count;
}

/** Whether a collection's log holds a link that was noted earlier; the problem where it does not. */
export function verifyAgainst(
  database: Database,
  names: Names,
  collection: CollectionId,
  head: ChainHash,
): StoreProblem | null {
  const found = database.get(
    "SELECT 1 FROM log CROSS JOIN operation USING (sequence) WHERE collection = ? AND chain = ?",
    names.findText(collection) ?? 0,
    hashIdToBytes(head),
  );
  if (found !== undefined) return null;
  return {
    code: "E-STORE-DAMAGED",
    what: "The log does not hold the link that was noted: it was cut, or written anew.",
    where: `${collection} ${head}`,
  };
}

function verifyLink(list: ProblemList, walk: Walk, operation: Operation, draft: Uint8Array): void {
  const where = `operation ${operation.id}`;
  if (operation.at <= walk.at) list.add("E-STORE-DAMAGED", "Its time is not after the one before.", where);
  walk.at = operation.at;
  for (const [index, collection] of operation.collections.entries()) {
    if (operation.parents[index] !== (walk.heads.get(collection) ?? null)) {
      list.add("E-STORE-DAMAGED", `It does not follow the newest operation of ${collection}.`, where);
    }
    walk.heads.set(collection, operation.chain);
  }
  if (linkOf(draft, operation) !== operation.chain) {
    list.add("E-STORE-DAMAGED", "It is not what its link in the chain was computed over.", where);
  }
}

function verifyMoves(database: Database, list: ProblemList, walk: Walk, operation: Operation): void {
  const where = `operation ${operation.id}`;
  for (const { name, before, after } of operation.refs) {
    if ((walk.refs.get(name) ?? null) !== before) {
      list.add("E-STORE-DAMAGED", `It moves ${name} from where that did not stand.`, where);
    }
    if (after === null) walk.refs.delete(name);
    else walk.refs.set(name, after);
    requireObject(database, list, after, where);
  }
  for (const { before, after } of operation.changes) {
    requireObject(database, list, before?.blob ?? null, where);
    requireObject(database, list, after?.blob ?? null, where);
  }
}

function requireObject(database: Database, list: ProblemList, id: ObjectId | null, where: string): void {
  if (id === null || findObject(database, hashIdToBytes(id)) !== undefined) return;
  list.add("E-OBJECT-MISSING", `It refers to an object that is not there: ${id}`, where);
}

/** The details of a prune or forget name a hash over its tombstones, unless its words were forgotten. */
function verifyTombstones(database: Database, list: ProblemList, operation: Operation): void {
  const expected = operation.details.tombstones;
  if ((operation.kind !== "prune" && operation.kind !== "forget") || expected === undefined) return;
  const numbers = database
    .all("SELECT object FROM tombstone WHERE operation = ?", operation.sequence)
    .map((row) => integer(row, "object"));
  if (tombstonesHash(database, numbers) === expected) return;
  list.add("E-STORE-DAMAGED", "Its tombstones are not those that it recorded.", `operation ${operation.id}`);
}

function verifyMembership(database: Database, names: Names, list: ProblemList, operation: Operation): void {
  for (const collection of operation.collections) {
    const n = names.findText(collection) ?? 0;
    const found = database.get(
      "SELECT 1 FROM log WHERE collection = ? AND sequence = ?",
      n,
      operation.sequence,
    );
    if (found !== undefined) continue;
    list.add("E-STORE-DAMAGED", `It is not in the log of ${collection}.`, `operation ${operation.id}`);
  }
}

function compareRefs(database: Database, list: ProblemList, expected: ReadonlyMap<string, string>): void {
  const rows = database.all(
    "SELECT name, lower(hex(hash)) AS hash, kind FROM ref LEFT JOIN object ON object.n = ref.target",
  );
  const found = new Map<string, string>();
  for (const row of rows) {
    const name = text(row, "name");
    if (row.hash === null) list.add("E-OBJECT-MISSING", "The commit that it names is not there.", name);
    else if (integer(row, "kind") !== 2) list.add("E-STORE-DAMAGED", "It does not name a commit.", name);
    else found.set(name, `sha256:${text(row, "hash")}`);
  }
  for (const name of new Set([...expected.keys(), ...found.keys()])) {
    if (expected.get(name) === found.get(name)) continue;
    list.add("E-STORE-DAMAGED", "It does not stand where the log left it.", name);
  }
}
