import type { Micros } from "../../domain/clock.ts";
import type { NewBlob } from "../../snapshot/object-source.ts";
import { markAhead } from "./ahead-table.ts";
import type { Database } from "./database.ts";
import type { Names } from "./names.ts";
import { OpenObjects } from "./open-objects.ts";
import { OpenWrite } from "./open-write.ts";
import { prepareObjects } from "./prepare-batch.ts";

export interface AheadInput {
  readonly blobs: readonly NewBlob[];
  readonly wall: Micros;
}

/** Stores content ahead of the operation that will name it, in one transaction that is not synced by itself. */
export function putAhead(database: Database, names: Names, { blobs, wall }: AheadInput): undefined {
  const version = database.version();
  const preparation = { database, known: names.objects, fresh: new Map(), compresses: true };
  const prepared = database.read(() => prepareObjects(preparation, blobs));
  const write = (): void => {
    const objects = new OpenObjects(new OpenWrite(database, names, version), prepared);
    for (const one of prepared) {
      objects.put(one);
      markAhead(database, objects.number(one.object.id), wall);
    }
  };
  try {
    database.withoutSync(() => database.write(write));
  } catch (error) {
    names.forget();
    throw error;
  }
}
