import type { Micros } from "../../domain/clock.ts";
import { type Operation, operationKinds } from "../../domain/operations.ts";
import type { OperationQuery } from "../history-store.ts";
import type { Cell, Database } from "./database.ts";
import type { Names } from "./names.ts";
import { operationColumns, operationsOfRows } from "./operation-reading.ts";
import { integer, type Row } from "./row.ts";

/**
 * Operations that fit a query, newest first. What narrows most leads: changes of an artifact or path, else the
 * log of a collection, else the whole log. None of them is read from end to end for one page.
 */
export function queryOperations(
  database: Database,
  names: Names,
  query: OperationQuery,
): readonly Operation[] {
  const [before, from] = sequenceBounds(database, query);
  const filter = filterOf(database, names, query);
  if (filter === null) return [];
  const { artifact, path } = query;
  if (artifact !== undefined || path !== undefined) {
    return changesOf(database, names, query, filter, before, from);
  }
  const collection = query.collection === undefined ? null : names.findText(query.collection);
  if (collection === undefined) return [];
  const log = collection === null ? "operation" : "log CROSS JOIN operation USING (sequence)";
  const within = collection === null ? "TRUE" : `log.collection = ${collection}`;
  const rows = database.all(
    `SELECT ${operationColumns} FROM ${log} WHERE ${within} AND sequence < ? AND sequence >= ?` +
      ` AND ${filter} ORDER BY sequence DESC LIMIT ?`,
    before,
    from,
    query.limit,
  );
  return operationsOfRows(database, names, rows);
}

/**
 * Operations that changed an artifact or a path. Their numbers come from an index alone and are sorted; the rows
 * behind them lie all over the log, so only as many are read as the page holds.
 */
function changesOf(
  database: Database,
  names: Names,
  query: OperationQuery,
  filter: string,
  before: number,
  from: number,
): readonly Operation[] {
  const places = placesOf(database, names, query);
  if (places.length === 0) return [];
  const found: Row[] = [];
  const numbers = database.iterate(
    "SELECT DISTINCT operation FROM change WHERE place IN (SELECT value FROM json_each(?))" +
      " AND operation < ? AND operation >= ? ORDER BY operation DESC",
    JSON.stringify(places),
    before,
    from,
  );
  for (const number of numbers) {
    if (found.length >= query.limit) break;
    const row = database.get(
      `SELECT ${operationColumns} FROM operation WHERE sequence = ? AND ${filter}`,
      integer(number, "operation"),
    );
    if (row !== undefined) found.push(row);
  }
  return operationsOfRows(database, names, found);
}

/** Numbers of the places that a query asks for. */
function placesOf(database: Database, names: Names, query: OperationQuery): readonly number[] {
  const filters: string[] = [];
  const cells: Cell[] = [];
  if (query.collection !== undefined) {
    filters.push("collection = ?");
    cells.push(names.findText(query.collection) ?? 0);
  }
  if (query.artifact !== undefined) {
    filters.push("artifact = ?");
    cells.push(names.findText(query.artifact) ?? -1);
  }
  if (query.path !== undefined) {
    filters.push("path = ?");
    cells.push(query.path);
  }
  return database
    .all(`SELECT n FROM place WHERE ${filters.join(" AND ")}`, ...cells)
    .map((row) => integer(row, "n"));
}

/** Conditions on a row of `operation`; null where none can fit. Made of numbers only. */
function filterOf(database: Database, names: Names, query: OperationQuery): string | null {
  const filters = ["TRUE"];
  if (query.kinds !== undefined) {
    if (query.kinds.length === 0) return null;
    filters.push(`kind IN (${query.kinds.map((kind) => operationKinds.indexOf(kind)).join(",")})`);
  }
  if (query.actorName !== undefined) {
    const actors = actorsNamed(database, names, query.actorName);
    if (actors.length === 0) return null;
    filters.push(`actor IN (${actors.join(",")})`);
  }
  return filters.join(" AND ");
}

/** The part of the log that a query looks at: before the first number, from the second on. */
function sequenceBounds(database: Database, query: OperationQuery): readonly [number, number] {
  const row = database.get("SELECT max(sequence) AS last FROM operation");
  const end = (row?.last == null ? 0 : integer(row, "last")) + 1;
  const before = Math.min(query.beforeSequence ?? end, end);
  const until = query.until === undefined ? end : firstAfter(database, end, query.until);
  const since = query.since === undefined ? 1 : firstAfter(database, end, query.since - 1);
  return [Math.min(before, until), since];
}

/** Position of the first operation later than a time. `at` increases with the sequence: a binary search. */
function firstAfter(database: Database, end: number, time: Micros): number {
  let low = 1;
  let high = end;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = database.get("SELECT at FROM operation WHERE sequence = ?", middle);
    if (row !== undefined && integer(row, "at") > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

function actorsNamed(database: Database, names: Names, name: string): readonly number[] {
  return database
    .all("SELECT n FROM actor")
    .map((row) => integer(row, "n"))
    .filter((n) => names.actorOf(n).name === name);
}
