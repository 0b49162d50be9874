import { type CommitId, hashIdFromBytes, hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { expectedReferences, servesAs } from "../expected-references.ts";
import type { Database } from "./database.ts";
import { findObject, isPresent, objectByNumber, readObject } from "./object-table.ts";
import type { ProblemList } from "./problem-list.ts";
import { integer } from "./row.ts";
import { readWords } from "./words-cell.ts";

interface Counts {
  readonly objects: number;
  readonly commits: number;
}

/**
 * Reads and hashes every object and walks its references. Rows are fetched one by one: a damaged page then costs
 * the objects on it, not those behind it.
 */
export function verifyObjects(database: Database, list: ProblemList): Counts {
  let objects = 0;
  let commits = 0;
  let last = 0;
  list.guard("the objects", () => {
    const row = database.get("SELECT max(n) AS last FROM object");
    last = row?.last == null ? 0 : integer(row, "last");
  });
  for (let n = 1; n <= last; n++) {
    list.guard(`object ${n}`, () => {
      const row = objectByNumber(database, n);
      if (row === undefined) {
        list.add("E-STORE-DAMAGED", "A row of an object is gone.", `object ${n}`);
        return;
      }
      const id = hashIdFromBytes<ObjectId>(row.hash);
      if (findObject(database, row.hash)?.n !== n) {
        list.add("E-STORE-DAMAGED", "An object is not found by its id.", `${row.kind} ${id}`);
      }
      if (!isPresent(row)) {
        requireTombstone(database, list, n, `${row.kind} ${id}`);
        return;
      }
      objects++;
      if (row.kind === "commit") commits++;
      verifyObject(database, list, id, row.kind, n);
    });
  }
  return { objects, commits };
}

function requireTombstone(database: Database, list: ProblemList, n: number, where: string): void {
  // Stored ahead of an operation that never came, it belonged to no version.
  const reasons = "SELECT 1 FROM tombstone WHERE object = ?1 UNION ALL SELECT 1 FROM ahead WHERE object = ?1";
  if (database.get(reasons, n) !== undefined) return;
  list.add("E-OBJECT-MISSING", "An object is gone, and no prune or forget says why: it was lost.", where);
}

function verifyObject(
  database: Database,
  list: ProblemList,
  id: ObjectId,
  kind: NewObject["kind"],
  n: number,
): void {
  const read = readObject(database, id);
  if (read === undefined) {
    list.add("E-STORE-DAMAGED", "An object cannot be read.", `${kind} ${id}`);
    return;
  }
  if (kind === "blob") return;
  const object = objectOf(database, kind, id, read.bytes, n);
  for (const reference of expectedReferences(object)) {
    const found = findObject(database, hashIdToBytes(reference.id));
    if (found !== undefined && servesAs(found.kind, reference.kind)) continue;
    list.add(
      "E-OBJECT-MISSING",
      `The ${reference.kind} that it refers to is neither present nor marked as pruned: ${reference.id}`,
      `${kind} ${id}`,
    );
  }
}

function objectOf(
  database: Database,
  kind: "node" | "commit",
  id: ObjectId,
  bytes: Uint8Array,
  n: number,
): NewObject {
  if (kind === "node") return { kind, id: hashIdFromBytes(hashIdToBytes(id)), bytes };
  const words = readWords(database, n);
  return { kind, id: hashIdFromBytes<CommitId>(hashIdToBytes(id)), bytes, words };
}
