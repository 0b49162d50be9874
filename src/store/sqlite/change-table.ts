import type { FileEntry } from "../../domain/files.ts";
import { type BlobId, hashIdFromBytes, type ObjectId, parseRandomId } from "../../domain/ids.ts";
import type { PathChange } from "../../domain/operations.ts";
import type { Database } from "./database.ts";
import { modeCell, modeOfCell } from "./mode-cell.ts";
import type { Names } from "./names.ts";
import { blob, damagedRow, integer, type Row, text } from "./row.ts";

/** What an operation did, path by path; indexed by place, so that one file's history costs its own changes. */
export function insertChanges(
  database: Database,
  names: Names,
  operation: number,
  changes: readonly PathChange[],
  numberOf: (id: ObjectId) => number,
): void {
  for (const [ordinal, { before, after, ...place }] of changes.entries()) {
    database.run(
      "INSERT INTO change (operation, ordinal, place, before, before_mode, after, after_mode)" +
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
      operation,
      ordinal,
      names.place(place),
      before === null ? null : numberOf(before.blob),
      before === null ? null : modeCell(before.mode),
      after === null ? null : numberOf(after.blob),
      after === null ? null : modeCell(after.mode),
    );
  }
}

/** The changes of operations, by sequence, each in its order. */
export function readChanges(
  database: Database,
  names: Names,
  operations: readonly number[],
): ReadonlyMap<number, readonly PathChange[]> {
  const changes = new Map<number, PathChange[]>(operations.map((operation) => [operation, []]));
  const rows = database.all(
    "SELECT operation, place.collection, path, target, artifact, before_mode, after_mode," +
      " o.hash AS before_hash, o.size AS before_size, w.hash AS after_hash, w.size AS after_size" +
      " FROM change JOIN place ON place.n = change.place" +
      " LEFT JOIN object o ON o.n = change.before LEFT JOIN object w ON w.n = change.after" +
      " WHERE operation IN (SELECT value FROM json_each(?)) ORDER BY operation, ordinal",
    JSON.stringify(operations),
  );
  for (const row of rows) {
    const operation = integer(row, "operation");
    const collection = parseRandomId("collection", names.textOf(integer(row, "collection")));
    if (collection === undefined) throw damagedRow(`change of operation ${operation}`, "a collection's id");
    changes.get(operation)?.push({
      collection,
      path: text(row, "path"),
      target: optionalText(names, integer(row, "target")),
      artifact: optionalText(names, integer(row, "artifact")),
      before: entryOf(row, "before"),
      after: entryOf(row, "after"),
    });
  }
  return changes;
}

function optionalText(names: Names, n: number): string | null {
  return n === 0 ? null : names.textOf(n);
}

function entryOf(row: Row, side: "before" | "after"): FileEntry | null {
  if (row[`${side}_mode`] === null) return null;
  return {
    blob: hashIdFromBytes<BlobId>(blob(row, `${side}_hash`)),
    mode: modeOfCell(integer(row, `${side}_mode`)),
    size: integer(row, `${side}_size`),
  };
}
