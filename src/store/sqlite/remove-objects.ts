import { hashIdFromBytes, type ObjectId } from "../../domain/ids.ts";
import { codecs, compress } from "./codec.ts";
import type { Database } from "./database.ts";
import { objectByNumber, readObject } from "./object-table.ts";
import { recentNodes } from "./recent-nodes.ts";
import { integer } from "./row.ts";

/**
 * Empties rows of objects, under the write lock; the rows stay, so that whatever names them finds them pruned.
 *
 * Invariant: no object that stays becomes unreadable: what was stored against one that goes is stored anew first,
 * and a frame that loses an object is taken apart, so that the bytes are in no frame either.
 */
export function removeObjects(database: Database, numbers: ReadonlySet<number>): void {
  recentNodes(database).clear();
  const frames = new Set<number>();
  for (const n of numbers) {
    const row = objectByNumber(database, n);
    if (row?.codec === codecs.framed && row.base !== null) frames.add(row.base);
  }
  for (const frame of frames) {
    const members = database.all("SELECT n FROM object WHERE codec = 3 AND base = ?", frame);
    for (const row of members) storeAnew(database, integer(row, "n"), numbers);
    database.run("DELETE FROM frame WHERE n = ?", frame);
  }
  for (const n of numbers) {
    const dependents = database.all("SELECT n FROM object WHERE base = ? AND codec IN (2, 4)", n);
    for (const row of dependents) storeAnew(database, integer(row, "n"), numbers);
  }
  for (const n of numbers) {
    database.run("UPDATE object SET codec = ?, base = NULL, data = NULL WHERE n = ?", codecs.pruned, n);
  }
}

/** Stores an object by itself, if it stays. */
function storeAnew(database: Database, n: number, going: ReadonlySet<number>): void {
  if (going.has(n)) return;
  const row = objectByNumber(database, n);
  const read = row === undefined ? undefined : readObject(database, hashIdFromBytes<ObjectId>(row.hash));
  if (read === undefined) return;
  const { codec, data } = compress(read.bytes);
  database.run("UPDATE object SET codec = ?, base = NULL, data = ? WHERE n = ?", codec, data, n);
}
