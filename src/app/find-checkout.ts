import { statSync } from "node:fs";
import { StetError } from "../domain/errors.ts";
import type { Checkout } from "../store/checkout-store.ts";
import type { Store } from "../store/store.ts";
import type { Located } from "./locate.ts";

/** Device and inode of a folder as decimal text: what tells a root from another folder at the same path. */
export function folderIdentity(folder: string): { readonly device: string; readonly inode: string } {
  const { dev, ino } = statSync(folder, { bigint: true });
  return { device: String(dev), inode: String(ino) };
}

/**
 * The checkout that the store knows at this place.
 *
 * Throws E-DETACHED where another folder stands at the path of a known root, or where the root was moved, and
 * E-FOREIGN-COLLECTION where the folder carries an id that the store knows only from other places: a cloned
 * repository may carry anybody's.
 */
export async function findCheckout(store: Store, located: Located): Promise<Checkout> {
  const all = await store.checkouts.checkouts();
  const identity = folderIdentity(located.root);
  const here = all.find((one) => one.root === located.root && one.collection === located.file.id);
  if (here !== undefined) {
    if (here.device === identity.device && here.inode === identity.inode) return here;
    throw replacedRoot(located);
  }
  const moved = all.find((one) => one.device === identity.device && one.inode === identity.inode);
  if (moved !== undefined) throw movedRoot(located, moved);
  if (all.some((one) => one.collection === located.file.id)) throw foreignCollection(located);
  throw unknownCheckout(located);
}

function replacedRoot(located: Located): StetError {
  return new StetError({
    code: "E-DETACHED",
    what: "The root is not the folder that this checkout was made for.",
    where: located.root,
    why: "Another folder stands at its path (its device or inode differs), as after a restore or a fresh clone.",
    kept: "Nothing was read as deleted, and nothing was written.",
    fixes: [{ cmd: "stet relink", summary: "join this folder to the history of the one before" }],
  });
}

function movedRoot(located: Located, before: Checkout): StetError {
  return new StetError({
    code: "E-DETACHED",
    what: "The project was moved.",
    where: located.root,
    why: `The store knows this root at ${before.root}.`,
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet relink", summary: "take note of the new place" }],
  });
}

function foreignCollection(located: Located): StetError {
  return new StetError({
    code: "E-FOREIGN-COLLECTION",
    what: "This folder carries the id of a collection that the store knows from another place.",
    where: located.root,
    why: "A copied or cloned project may carry any id, so it is joined only after confirmation.",
    kept: "Nothing was written.",
    fixes: [
      { cmd: "stet init --yes", summary: "make it a checkout of its own of that collection" },
      { cmd: "stet init --fork --yes", summary: "begin a history of its own with a new id" },
    ],
  });
}

function unknownCheckout(located: Located): StetError {
  return new StetError({
    code: "E-NO-COLLECTION",
    what: "This folder is a collection, but not one that this store knows yet.",
    where: located.root,
    why: "It was cloned or copied from another machine, or the store is a new one.",
    kept: "Nothing was written.",
    fixes: [
      { cmd: "stet init", summary: "show what joining it would do; nothing is written until you confirm" },
    ],
  });
}
