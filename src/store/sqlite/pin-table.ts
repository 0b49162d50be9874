import { type CollectionId, type CommitId, hashIdFromBytes, type ObjectId } from "../../domain/ids.ts";
import type { Operation } from "../../domain/operations.ts";
import type { Pin, WriteBatch } from "../history-store.ts";
import type { Database } from "./database.ts";
import { operationIdOfCell } from "./operation-id-cell.ts";
import { blob, text, textOrNull } from "./row.ts";

/** Why the pins of a batch cannot be set or lifted; null where they can. */
export function pinRefusal(database: Database, batch: WriteBatch): string | null {
  const { collections } = batch.operation;
  for (const name of batch.unpins) {
    if (!collections.some((collection) => isPinned(database, collection, name))) return `no pin ${name}`;
  }
  const setting = new Set<string>();
  for (const pin of batch.pins) {
    const lifted = batch.unpins.includes(pin.name);
    if (!lifted && isPinned(database, pin.collection, pin.name)) return `there is a pin ${pin.name} already`;
    const key = `${pin.collection}/${pin.name}`;
    if (setting.has(key)) return `the pin ${pin.name} is set twice`;
    setting.add(key);
  }
  return null;
}

function isPinned(database: Database, collection: CollectionId, name: string): boolean {
  return database.get("SELECT 1 FROM pin WHERE collection = ? AND name = ?", collection, name) !== undefined;
}

export function writePins(
  database: Database,
  batch: WriteBatch,
  operation: Operation,
  numberOf: (id: ObjectId) => number,
): void {
  for (const name of batch.unpins) {
    for (const collection of operation.collections) {
      database.run("DELETE FROM pin WHERE collection = ? AND name = ?", collection, name);
    }
  }
  for (const pin of batch.pins) {
    database.run(
      "INSERT INTO pin (collection, name, target, operation, note) VALUES (?, ?, ?, ?, ?)",
      pin.collection,
      pin.name,
      numberOf(pin.commit),
      operation.sequence,
      pin.note,
    );
  }
}

export function readPins(database: Database, collection: CollectionId): readonly Pin[] {
  return database
    .all(
      "SELECT pin.name, hash, id, note FROM pin JOIN object ON object.n = pin.target" +
        " JOIN operation ON operation.sequence = pin.operation WHERE collection = ? ORDER BY pin.name",
      collection,
    )
    .map((row) => ({
      name: text(row, "name"),
      collection,
      commit: hashIdFromBytes<CommitId>(blob(row, "hash")),
      operation: operationIdOfCell(blob(row, "id")),
      note: textOrNull(row, "note"),
    }));
}
