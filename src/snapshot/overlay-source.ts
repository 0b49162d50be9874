import type { ObjectId } from "../domain/ids.ts";
import { NodeCache } from "./node-cache.ts";
import type { NewObject, ObjectSource } from "./object-source.ts";

/** A source of `objects`, which need not be written yet, and of all that `beneath` has; with its memory of nodes. */
export function overlaySource(objects: Iterable<NewObject>, beneath: ObjectSource): ObjectSource {
  const above = new Map<ObjectId, Uint8Array>();
  for (const { id, bytes } of objects) above.set(id, bytes);
  const source: ObjectSource = {
    getMany: async (ids) => {
      const below = ids.filter((id) => !above.has(id));
      const found = below.length === 0 ? [] : await beneath.getMany(below);
      const rest = found.values();
      return ids.map((id) => above.get(id) ?? rest.next().value);
    },
  };
  return beneath instanceof NodeCache ? beneath.over(source) : source;
}
