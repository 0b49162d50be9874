import type { Conflict } from "../../domain/conflicts.ts";
import type { FileEntry } from "../../domain/files.ts";
import {
  type BlobId,
  type CollectionId,
  type ConflictId,
  hashIdFromBytes,
  type ObjectId,
  parseRandomId,
} from "../../domain/ids.ts";
import type { Operation } from "../../domain/operations.ts";
import { type ConflictBody, decodeConflictBody, encodeConflictBody } from "../conflict-body.ts";
import type { WriteBatch } from "../history-store.ts";
import type { Database } from "./database.ts";
import { modeCell, modeOfCell } from "./mode-cell.ts";
import { operationIdOfCell } from "./operation-id-cell.ts";
import { blob, damagedRow, integer, type Row, text } from "./row.ts";

const sides = ["base", "yours", "theirs"] as const;

/** Why the conflicts of a batch cannot be opened or settled; null where they can. */
export function conflictRefusal(database: Database, batch: WriteBatch): string | null {
  const opening = new Set<ConflictId>();
  for (const { id } of batch.openConflicts) {
    if (opening.has(id)) return `the conflict ${id} is opened twice`;
    opening.add(id);
    if (database.get("SELECT 1 FROM conflict WHERE id = ?", id) !== undefined) {
      return `there is a conflict ${id} already`;
    }
  }
  for (const id of batch.settleConflicts) {
    const row = database.get("SELECT settled, collection FROM conflict WHERE id = ?", id);
    if (row === undefined) return `no conflict ${id}`;
    if (row.settled !== null) return `the conflict ${id} is settled already`;
    if (!batch.operation.collections.some((one) => one === row.collection)) {
      return `the conflict ${id} is another collection's`;
    }
  }
  return null;
}

/** Opens and settles conflicts. When and by whom one is opened is what the store records, not what is said. */
export function writeConflicts(
  database: Database,
  batch: WriteBatch,
  operation: Operation,
  numberOf: (id: ObjectId) => number,
): void {
  for (const conflict of batch.openConflicts) {
    database.run(
      "INSERT INTO conflict (id, collection, opened, settled, base, base_mode, yours, yours_mode, theirs," +
        " theirs_mode, body) VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?)",
      conflict.id,
      conflict.collection,
      operation.sequence,
      ...sides.flatMap((side) => cellsOf(conflict[side], numberOf)),
      encodeConflictBody(conflict),
    );
  }
  for (const id of batch.settleConflicts) {
    database.run("UPDATE conflict SET settled = ? WHERE id = ?", operation.sequence, id);
  }
}

/**
 * Removes the units, and with them every text, of conflicts that are named and of those with a side among these
 * objects, by number. Such a conflict is about its whole file.
 */
export function forgetUnits(
  database: Database,
  conflicts: readonly ConflictId[],
  objects: ReadonlySet<number>,
): void {
  const quoting = sides.map((side) => `${side} IN (SELECT value FROM json_each(?1))`).join(" OR ");
  const rows = database.all(
    `SELECT id, body FROM conflict WHERE ${quoting} OR id IN (SELECT value FROM json_each(?2))`,
    JSON.stringify([...objects]),
    JSON.stringify(conflicts),
  );
  for (const row of rows) {
    const body = encodeConflictBody({ ...bodyOf(row), units: [] });
    database.run("UPDATE conflict SET body = ? WHERE id = ?", body, text(row, "id"));
  }
}

function cellsOf(entry: FileEntry | null, numberOf: (id: ObjectId) => number): readonly (number | null)[] {
  return entry === null ? [null, null] : [numberOf(entry.blob), modeCell(entry.mode)];
}

export interface ConflictQuery {
  readonly collection?: CollectionId;
  readonly open?: boolean;
  readonly id?: ConflictId;
}

/** Conflicts in the order in which they were opened. */
export function readConflicts(database: Database, query: ConflictQuery): readonly Conflict[] {
  const filters = ["TRUE"];
  const cells: string[] = [];
  if (query.id !== undefined) {
    filters.push("conflict.id = ?");
    cells.push(query.id);
  }
  if (query.collection !== undefined) {
    filters.push("conflict.collection = ?");
    cells.push(query.collection);
  }
  if (query.open !== undefined) filters.push(query.open ? "settled IS NULL" : "settled IS NOT NULL");
  const rows = database.all(
    "SELECT conflict.id, conflict.collection, conflict.body, o.at, o.id AS opened_id, s.id AS settled_id," +
      sides
        .map((side) => ` ${side}_mode, ${side}.hash AS ${side}_hash, ${side}.size AS ${side}_size`)
        .join(",") +
      " FROM conflict JOIN operation o ON o.sequence = opened LEFT JOIN operation s ON s.sequence = settled" +
      sides.map((side) => ` LEFT JOIN object ${side} ON ${side}.n = conflict.${side}`).join("") +
      ` WHERE ${filters.join(" AND ")} ORDER BY opened, conflict.id`,
    ...cells,
  );
  return rows.map(conflictOfRow);
}

function conflictOfRow(row: Row): Conflict {
  const id = parseRandomId("conflict", text(row, "id"));
  const collection = parseRandomId("collection", text(row, "collection"));
  if (id === undefined || collection === undefined) {
    throw damagedRow(`conflict ${text(row, "id")}`, "a conflict's ids");
  }
  return {
    id,
    collection,
    ...bodyOf(row),
    base: entryOf(row, "base"),
    yours: entryOf(row, "yours"),
    theirs: entryOf(row, "theirs"),
    openedBy: operationIdOfCell(blob(row, "opened_id")),
    openedAt: integer(row, "at"),
    settledBy: row.settled_id === null ? null : operationIdOfCell(blob(row, "settled_id")),
  };
}

function bodyOf(row: Row): ConflictBody {
  try {
    return decodeConflictBody(blob(row, "body"));
  } catch (error) {
    if (error instanceof RangeError) throw damagedRow(`conflict ${text(row, "id")}`, "a conflict");
    throw error;
  }
}

function entryOf(row: Row, side: (typeof sides)[number]): FileEntry | null {
  if (row[`${side}_mode`] === null) return null;
  return {
    blob: hashIdFromBytes<BlobId>(blob(row, `${side}_hash`)),
    mode: modeOfCell(integer(row, `${side}_mode`)),
    size: integer(row, `${side}_size`),
  };
}
