import { hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import type { ObjectState, Tombstone } from "../history-store.ts";
import type { Database } from "./database.ts";
import { findObject, isPresent } from "./object-table.ts";
import { operationIdOfCell } from "./operation-id-cell.ts";
import { blob, integer, text } from "./row.ts";

/** Whether an object is there, gone on purpose, or unknown. */
export function inspectObject(database: Database, id: ObjectId): ObjectState {
  const row = findObject(database, hashIdToBytes(id));
  if (row === undefined) return { state: "absent" };
  if (isPresent(row)) return { state: "present", kind: row.kind, size: row.size };
  const tombstone = tombstoneOf(database, row.n, id);
  return tombstone === undefined ? { state: "absent" } : { state: "pruned", tombstone };
}

/** The tombstone of the object with a number; undefined where it has none. */
function tombstoneOf(database: Database, n: number, id: ObjectId): Tombstone | undefined {
  const row = database.get(
    "SELECT at, policy, id FROM tombstone JOIN operation ON operation.sequence = tombstone.operation" +
      " WHERE object = ? ORDER BY sequence DESC LIMIT 1",
    n,
  );
  if (row === undefined) return undefined;
  return {
    object: id,
    operation: operationIdOfCell(blob(row, "id")),
    policy: text(row, "policy"),
    at: integer(row, "at"),
  };
}
