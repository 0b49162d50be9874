import { realpathSync, statSync } from "node:fs";
import { StetError } from "../../domain/errors.ts";
import type { Checkout } from "../../store/checkout-store.ts";
import type { Store } from "../../store/store.ts";
import type { Disk } from "../../workspace/disk.ts";
import { readGitState } from "../../workspace/git-state.ts";
import { isWithin } from "../../workspace/place-paths.ts";
import type { Environment, Scope } from "../environment.ts";
import type { Located } from "./locate.ts";

/** Device and inode of a folder as decimal text: what tells a root from another folder at the same path. */
export function folderIdentity(folder: string): { readonly device: string; readonly inode: string } {
  const { dev, ino } = statSync(folder, { bigint: true });
  return { device: String(dev), inode: String(ino) };
}

/** What the store knows of the folder of a collection. */
export type FoundCheckout =
  | { readonly status: "known"; readonly checkout: Checkout }
  /** Another folder stands at the path of a known root. */
  | { readonly status: "replaced"; readonly before: Checkout }
  /** The known root is this folder, which was at another path. */
  | { readonly status: "moved"; readonly before: Checkout }
  /** Another working tree of the git repository that a known checkout lies in. */
  | { readonly status: "worktree"; readonly sibling: Checkout }
  /** The store knows the id from other places only; a cloned repository may carry anybody's. */
  | { readonly status: "foreign"; readonly others: readonly Checkout[] }
  | { readonly status: "unknown" };

/** Finds the checkout of a folder, or what it takes to make it one. Reads only. */
export async function findCheckout(store: Store, disk: Disk, located: Located): Promise<FoundCheckout> {
  const { id } = located.file;
  const others = (await store.checkouts.checkouts()).filter((one) => one.collection === id);
  const identity = folderIdentity(located.root);
  const isThis = (one: Checkout) => one.device === identity.device && one.inode === identity.inode;
  const here = others.find((one) => one.root === located.root);
  if (here !== undefined) {
    return isThis(here) ? { status: "known", checkout: here } : { status: "replaced", before: here };
  }
  const before = others.find(isThis);
  if (before !== undefined) return { status: "moved", before };
  const sibling = worktreeSibling(disk, others, located.base);
  if (sibling !== undefined && located.scope === "project") return { status: "worktree", sibling };
  const isForeign = others.length > 0 || (await store.history.refs(id)).length > 0;
  return isForeign ? { status: "foreign", others } : { status: "unknown" };
}

/** A checkout that lies at the same place in another working tree of the git repository of `base`. */
export function worktreeSibling(
  disk: Disk,
  checkouts: readonly Checkout[],
  base: string,
): Checkout | undefined {
  const git = readGitState(disk, base);
  if (git === null) return undefined;
  const common = disk.realPath(git.commonFolder);
  return checkouts.find((one) => {
    const other = one.base === base ? null : readGitState(disk, one.base);
    if (other === null || disk.realPath(other.commonFolder) !== common) return false;
    return one.base.slice(other.top.length) === base.slice(git.top.length);
  });
}

/** The scope that a checkout belongs to, told by where it lies. */
export function scopeOfCheckout(environment: Environment, checkout: Pick<Checkout, "root" | "base">): Scope {
  if (checkout.root.endsWith("/stet/local")) return "local";
  return checkout.base === realpathSync(environment.homeFolder) ? "user" : "project";
}

/**
 * The nearest checkout upward whose root should be here and was not found: its folder, or the collection file
 * in it, is gone. Null where the store knows of none.
 */
export async function goneCheckout(
  store: Store,
  environment: Environment,
  scope: Scope,
): Promise<Checkout | null> {
  const folder = realpathSync(scope === "user" ? environment.homeFolder : environment.workingFolder);
  const above = (await store.checkouts.checkouts()).filter(
    (one) => isWithin(one.base, folder) && scopeOfCheckout(environment, one) === scope,
  );
  return above.sort((one, other) => other.base.length - one.base.length)[0] ?? null;
}

export function goneRoot(checkout: Checkout): StetError {
  return new StetError({
    code: "E-DETACHED",
    what: "The root of this checkout, or the collection file in it, is gone.",
    where: checkout.root,
    why: "It was moved, deleted or renamed, or its disk is not mounted. stet never makes it anew unasked.",
    kept: "Nothing was read as deleted; every version is in history.",
    fixes: [
      { cmd: "stet relink", summary: "show what putting the files back would do, then ask" },
      { cmd: "stet detach --yes", summary: "end the collection here; its history stays in the store" },
    ],
  });
}

/** Why a folder cannot be worked on before something is decided. */
export function notJoined(located: Located, found: Exclude<FoundCheckout, { status: "known" }>): StetError {
  switch (found.status) {
    case "replaced":
      return replacedRoot(located);
    case "moved":
      return movedRoot(located, found.before);
    case "worktree":
    case "foreign":
      return foreignCollection(located);
    case "unknown":
      return unknownCheckout(located);
  }
}

function replacedRoot(located: Located): StetError {
  return new StetError({
    code: "E-DETACHED",
    what: "The root is not the folder that this checkout was made for.",
    where: located.root,
    why: "Another folder stands at its path (its device or inode differs), as after a restore or a fresh clone.",
    kept: "Nothing was read as deleted, and nothing was written.",
    fixes: [{ cmd: "stet relink", summary: "show what joining it to its history would do, then ask" }],
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
