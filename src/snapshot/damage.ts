import { StetError } from "../domain/errors.ts";
import type { ObjectId } from "../domain/ids.ts";

/** An object whose bytes are not what its id or its type promises. */
export function damagedObject(kind: string, id: ObjectId, why: string, cause?: unknown): StetError {
  return new StetError(
    {
      code: "E-STORE-DAMAGED",
      what: `A ${kind} of the store is damaged.`,
      where: `${kind} ${id}`,
      why,
      kept: "Nothing was changed. Everything that does not refer to it stays readable.",
      fixes: [
        { cmd: "stet verify", summary: "list everything that is damaged" },
        { cmd: "stet repair", summary: "salvage what is intact and refill what is found elsewhere" },
      ],
    },
    { cause },
  );
}

/** An object that something refers to and that its source does not have. */
export function missingObject(kind: string, id: ObjectId): StetError {
  return new StetError({
    code: "E-OBJECT-MISSING",
    what: `A ${kind} that is referred to is absent.`,
    where: `${kind} ${id}`,
    why: "neither the store nor what is being written holds it",
    kept: "Nothing was changed.",
    fixes: [
      { cmd: "stet verify", summary: "tell what was pruned from what was lost" },
      { cmd: "stet repair", summary: "refill it from roots, targets, backups and packs" },
    ],
  });
}
