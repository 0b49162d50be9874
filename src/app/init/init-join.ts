import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { collectionFilePath, parseCollectionFile } from "../../collections/collection-file.ts";
import { StetError } from "../../domain/errors.ts";
import type { Checkout } from "../../store/checkout-store.ts";
import type { Store } from "../../store/store.ts";
import type { Disk } from "../../workspace/disk.ts";
import { errorName } from "../../workspace/disk.ts";
import type { CallOptions, Environment, Scope } from "../environment.ts";
import type { PlanLine } from "../outcomes.ts";
import { findCheckout, notJoined, worktreeSibling } from "../workbench/find-checkout.ts";
import { type JoinedCheckout, joinCheckout, planJoin } from "../workbench/join-checkout.ts";
import { type Located, locateCollection, projectFolder } from "../workbench/locate.ts";
import { openExistingStore, openUserStore } from "../workbench/workbench.ts";
import { hookLines, hookRequest, installHooks, planHooks } from "./hooks.ts";

/** A folder that belongs to a collection the store has: what `init` would do, and how it does it. */
export interface JoinOffer {
  readonly name: string;
  readonly root: string;
  readonly lines: readonly PlanLine[];
  readonly join: () => Promise<Pick<JoinedCheckout, "operation">>;
}

/**
 * What joining this folder to a known collection would do; null where there is none to join, and `init` begins.
 * Throws E-EXISTS where it is joined already, and E-DETACHED where it was moved or replaced.
 */
export async function offerJoin(
  environment: Environment,
  disk: Disk,
  { scope, existing }: { readonly scope: Scope; readonly existing: Located | null },
  options: CallOptions & { readonly hooks?: boolean },
): Promise<JoinOffer | null> {
  const store = await openExistingStore(environment);
  if (store === null) return null;
  try {
    if (existing === null)
      return scope === "project" ? await offerWorktree(environment, store, disk, options) : null;
    const found = await findCheckout(store, disk, existing);
    if (found.status === "unknown") return null;
    if (found.status === "known") {
      if (options.hooks !== true) throw isCollection(existing);
      return offerHooks(environment, disk, existing, found.checkout, options);
    }
    if (found.status === "moved" || found.status === "replaced") throw notJoined(existing, found);
    const sibling = found.status === "worktree" ? found.sibling : (found.others[0] ?? null);
    const others = found.status === "worktree" ? [found.sibling] : found.others;
    const { branch, commit } = await planJoin(environment, store, disk, existing, sibling);
    const from = others.map((one) => one.root).join(", ") || "its history alone";
    return {
      name: existing.file.name,
      root: existing.root,
      lines: [
        { sign: "=", text: `this folder carries the id of ${existing.file.name}, known from ${from}` },
        {
          sign: "+",
          text: `a checkout of its own, on the branch ${branch}${commit === null ? ", without a version before it" : ""}`,
        },
        { sign: "=", text: "no file here changes; what it holds differently becomes an edit on that branch" },
      ],
      join: () => joined(environment, disk, existing, sibling, options),
    };
  } finally {
    await store.close();
  }
}

/** Where the collection is there already, `init --hooks` adds the hooks and nothing else. */
function offerHooks(
  environment: Environment,
  disk: Disk,
  existing: Located,
  checkout: Checkout,
  options: CallOptions,
): JoinOffer {
  const request = hookRequest(existing, checkout.id);
  const plans = request === null ? [] : planHooks(environment, disk, request, "install");
  return {
    name: existing.file.name,
    root: existing.root,
    lines: hookLines(plans, "install"),
    join: async () => (await installHooks(environment, { ...options, scope: existing.scope })).data,
  };
}

/** A working tree whose collection file git does not carry belongs to the collection of its sibling all the same. */
async function offerWorktree(
  environment: Environment,
  store: Store,
  disk: Disk,
  options: CallOptions,
): Promise<JoinOffer | null> {
  const base = await projectFolder(environment);
  const sibling = worktreeSibling(disk, await store.checkouts.checkouts(), base);
  if (sibling === undefined || dirname(sibling.root) !== sibling.base) return null;
  const text = readIfThere(join(sibling.root, collectionFilePath));
  if (text === null || "why" in parseCollectionFile(text)) return null;
  const root = join(base, basename(sibling.root));
  return {
    name: sibling.name,
    root,
    lines: [
      { sign: "+", text: `${basename(root)}/${collectionFilePath}  the same collection as ${sibling.root}` },
      { sign: "+", text: "a checkout of its own on a branch of its own; no other file changes" },
    ],
    join: async () => {
      mkdirSync(join(root, "stet"), { recursive: true });
      writeFileSync(join(root, collectionFilePath), text, { flag: "wx" });
      const located = await locateCollection(
        { ...environment, workingFolder: realpathSync(base) },
        "project",
      );
      if (located === null) throw vanished(root);
      return await joined(environment, disk, located, sibling, options);
    },
  };
}

async function joined(
  environment: Environment,
  disk: Disk,
  located: Located,
  sibling: Checkout | null,
  options: CallOptions,
): Promise<JoinedCheckout> {
  const store = await openUserStore(environment);
  try {
    return await joinCheckout(environment, store, disk, located, { sibling, why: "confirmed", options });
  } finally {
    await store.close();
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    return null;
  }
}

function vanished(root: string): StetError {
  return new StetError({
    code: "E-STALE",
    what: "The folder vanished while it was joined.",
    where: root,
    why: "Another process moved or removed it.",
    kept: "Nothing was recorded.",
    fixes: [{ cmd: "stet init", summary: "look again" }],
  });
}

function isCollection(existing: Located): StetError {
  return new StetError({
    code: "E-EXISTS",
    what: "This is a collection already.",
    where: existing.root,
    why: "It has a collection file, and the store knows it.",
    kept: "Nothing was changed.",
    fixes: [
      { cmd: "stet status", summary: "see where everything stands" },
      { cmd: "stet save", summary: "take in what changed on disk" },
    ],
  });
}
