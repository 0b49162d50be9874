import type { Micros } from "../../domain/clock.ts";
import { type Operation, operationKinds } from "../../domain/operations.ts";
import type { OperationQuery } from "../history-store.ts";
import type { Cell, Database } from "./database.ts";
import type { Names } from "./names.ts";
import { operationColumns, operationOfRow } from "./operation-table.ts";
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
  const source = sourceOf(names, query);
  if (source === null) return [];
  const filters = ["source.sequence < ?", "source.sequence >= ?"];
  const cells: Cell[] = [...source.cells, ...sequenceBounds(database, query)];
  if (query.kinds !== undefined) {
    filters.push(`kind IN (${query.kinds.map((kind) => operationKinds.indexOf(kind)).join(",")})`);
  }
  if (query.actorName !== undefined) {
    const actors = actorsNamed(database, names, query.actorName);
    filters.push(`actor IN (${actors.join(",")})`);
  }
  const rows = database.all(
    `SELECT ${operationColumns} FROM (${source.sql}) AS source` +
      " CROSS JOIN operation USING (sequence)" +
      ` WHERE ${filters.join(" AND ")} ORDER BY source.sequence DESC LIMIT ?`,
    ...cells,
    query.limit,
  );
  return rows.map((row: Row) => operationOfRow(database, names, row));
}

interface Source {
  readonly sql: string;
  readonly cells: readonly Cell[];
}

/** Sequence numbers that come into question; null where there can be none. */
function sourceOf(names: Names, query: OperationQuery): Source | null {
  const { artifact, path } = query;
  const collection = query.collection === undefined ? undefined : names.findText(query.collection);
  if (query.collection !== undefined && collection === undefined) return null;
  if (artifact === undefined && path === undefined) {
    if (collection === undefined) return { sql: "SELECT sequence FROM operation", cells: [] };
    return { sql: "SELECT sequence FROM log WHERE collection = ?", cells: [collection] };
  }
  const places: string[] = [];
  const cells: Cell[] = [];
  if (collection !== undefined) {
    places.push("collection = ?");
    cells.push(collection);
  }
  if (artifact !== undefined) {
    const n = names.findText(artifact);
    if (n === undefined) return null;
    places.push("artifact = ?");
    cells.push(n);
  }
  if (path !== undefined) {
    places.push("path = ?");
    cells.push(path);
  }
  return {
    sql:
      "SELECT DISTINCT change.operation AS sequence FROM place CROSS JOIN change ON change.place = place.n" +
      ` WHERE ${places.join(" AND ")}`,
    cells,
  };
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
