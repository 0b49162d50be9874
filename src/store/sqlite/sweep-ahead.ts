import type { Micros } from "../../domain/clock.ts";
import { dropAheadMark, newestExpired } from "./ahead-table.ts";
import { codecs } from "./codec.ts";
import type { Database } from "./database.ts";
import { LiveObjects } from "./live-objects.ts";
import type { Names } from "./names.ts";
import { removeObjects } from "./remove-objects.ts";
import { integer } from "./row.ts";

const expired = "FROM ahead JOIN object ON n = object WHERE at <= ? AND codec <> ?";

/** Empties what was stored ahead of an operation that never came, once its grace is over. */
export function sweepAhead(database: Database, names: Names, wall: Micros): void {
  const cells = [newestExpired(wall), codecs.pruned] as const;
  if (database.get(`SELECT 1 ${expired} LIMIT 1`, ...cells) === undefined) return;
  database.write(() => {
    const live = new LiveObjects(database, names);
    live.markNamed();
    const abandoned = new Set<number>();
    for (const row of database.all(`SELECT object ${expired}`, ...cells)) {
      const object = integer(row, "object");
      // A save may have brought the same content meanwhile: it is a version's now, and the mark says nothing.
      if (live.has(object)) dropAheadMark(database, object);
      else abandoned.add(object);
    }
    removeObjects(database, abandoned);
  });
}
