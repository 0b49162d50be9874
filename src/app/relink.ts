/**
 * Joining a folder to its history again: a project that was moved, a root that another folder stands for now,
 * a root that is gone.
 *
 * Invariants:
 * - nothing is recorded as deleted: what history has and the folder has not is put back;
 * - nothing on disk is replaced: a file that differs becomes an edit with the next look.
 */
import { existsSync, lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { collectionFilePath } from "../collections/collection-file.ts";
import type { FileEntry } from "../domain/files.ts";
import { type OperationId, randomId } from "../domain/ids.ts";
import type { CollectionPath } from "../domain/paths.ts";
import type { Checkout, LocalBatch } from "../store/checkout-store.ts";
import type { Store } from "../store/store.ts";
import type { DiskChange } from "../workspace/disk-change.ts";
import { nodeDisk } from "../workspace/node-disk.ts";
import { diskPath, isWithin } from "../workspace/place-paths.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type PlanLine } from "./outcomes.ts";
import { putOnDisk } from "./record/put-on-disk.ts";
import { callingActor } from "./workbench/actor.ts";
import { benchOfCheckout } from "./workbench/bench-of-checkout.ts";
import {
  findCheckout,
  folderIdentity,
  goneCheckout,
  notJoined,
  scopeOfCheckout,
} from "./workbench/find-checkout.ts";
import { type Located, locateCollection } from "./workbench/locate.ts";
import { presentAt } from "./workbench/present.ts";
import { lockCheckout } from "./workbench/recover-checkout.ts";
import { rootPlace, rootPlaceName } from "./workbench/root-place.ts";
import { noCollection, openUserStore } from "./workbench/workbench.ts";

export interface RelinkInput extends CallOptions {
  readonly dryRun?: boolean;
}

export interface RelinkData {
  readonly root: string;
  readonly plan: readonly PlanLine[];
  /** Null where there was nothing to do, or it was not confirmed. */
  readonly operation: OperationId | null;
  readonly written: boolean;
}

/** Joins the folder to its history again. Throws E-NO-COLLECTION and E-FOREIGN-COLLECTION where there is none. */
export async function relink(environment: Environment, input: RelinkInput = {}): Promise<Answer<RelinkData>> {
  const scope = input.scope ?? "project";
  const located = await locateCollection(environment, scope);
  const store = await openUserStore(environment);
  try {
    if (located === null) {
      const gone = await goneCheckout(store, environment, scope);
      if (gone === null) throw await noCollection(environment, scope);
      return await joinAgain(environment, store, gone, input);
    }
    const found = await findCheckout(store, nodeDisk({ platform: environment.platform }), located);
    switch (found.status) {
      case "known":
        return answer({ root: located.root, plan: [], operation: null, written: false });
      case "moved":
        return await noteMove(environment, store, located, found.before, input);
      case "replaced":
        return await joinAgain(environment, store, found.before, input);
      default:
        throw notJoined(located, found);
    }
  } finally {
    await store.close();
  }
}

/** The folder is the one that the store knows: its private drafts, and whatever else lies in it, moved along. */
async function noteMove(
  environment: Environment,
  store: Store,
  located: Located,
  before: Checkout,
  input: RelinkInput,
): Promise<Answer<RelinkData>> {
  const moved: Checkout[] = [];
  for (const one of await store.checkouts.checkouts()) {
    if (!isWithin(before.base, one.base) || !isWithin(before.base, one.root)) continue;
    const root = located.base + one.root.slice(before.base.length);
    if (!existsSync(root)) continue;
    const { device, inode } = folderIdentity(root);
    if (device !== one.device || inode !== one.inode) continue;
    moved.push({ ...one, root, base: located.base + one.base.slice(before.base.length) });
  }
  const plan: readonly PlanLine[] = [{ sign: "~", text: `${before.root} is at ${located.root} now` }];
  if (input.dryRun === true) return answer({ root: located.root, plan, operation: null, written: false });
  const batch = relinkBatch(environment, before, input, { from: before.root, to: located.root });
  await store.write([batch], { local: { checkouts: moved }, whole: true });
  const data = { root: located.root, plan, operation: batch.operation.id, written: true };
  return answer(data, { next: ["stet status"] });
}

/** Another folder stands at the root's path, or none: joined once it is confirmed. */
async function joinAgain(
  environment: Environment,
  store: Store,
  before: Checkout,
  input: RelinkInput,
): Promise<Answer<RelinkData>> {
  const missing = await missingFiles(environment, store, before);
  const plan = planOf(before, [...missing.keys()]);
  const { root } = before;
  if (input.dryRun === true || !(await isConfirmed(input, plan))) {
    const data = { root, plan, operation: null, written: false };
    return answer(data, { needsDecision: input.dryRun !== true, next: ["stet relink --yes"] });
  }
  mkdirSync(join(root, "stet", ".work"), { recursive: true });
  const checkout = { ...before, ...folderIdentity(root), gitHead: null };
  const bench = benchOfCheckout(environment, store, checkout, input);
  await using _lock = await lockCheckout(bench);
  // The index is of another folder, unless this very one only lost its collection file.
  const known = isFolder(before) ? [] : await store.checkouts.index(before.id, rootPlaceName);
  const index = [{ checkout: before.id, place: rootPlaceName, put: [], drop: known.map((one) => one.path) }];
  const local: LocalBatch = { checkouts: [checkout], index };
  const changes = [...missing].map(
    ([path, after]): DiskChange => ({ place: bench.root, path, before: null, after }),
  );
  const batch = relinkBatch(environment, before, input, { root });
  await putOnDisk(bench, { batches: [batch], local: [local], changes });
  const data = { root, plan, operation: batch.operation.id, written: true };
  return answer(data, { notices: bench.notices, next: ["stet status"] });
}

/**
 * Files of history that are not here. Where the very folder is still here and only its collection file is gone,
 * that alone: what else was removed is an edit like any other.
 */
async function missingFiles(
  environment: Environment,
  store: Store,
  before: Checkout,
): Promise<ReadonlyMap<CollectionPath, FileEntry>> {
  const { entries } = await presentAt(store, before.materialised);
  const place = rootPlace(before, scopeOfCheckout(environment, before));
  const isSameFolder = existsSync(before.root) && isFolder(before);
  return new Map(
    [...entries].filter(([path]) => {
      if (isSameFolder && path !== collectionFilePath) return false;
      return lstatSync(diskPath(place, path), { throwIfNoEntry: false }) === undefined;
    }),
  );
}

function isFolder({ root, device, inode }: Checkout): boolean {
  const found = folderIdentity(root);
  return found.device === device && found.inode === inode;
}

function planOf(before: Checkout, missing: readonly string[]): readonly PlanLine[] {
  const shown = missing.slice(0, 20).map((path): PlanLine => ({ sign: "+", text: `${path} is put back` }));
  const more = missing.length - shown.length;
  return [
    { sign: "~", text: `${before.root} is joined to its history, on the branch ${before.branch}` },
    ...shown,
    ...(more > 0 ? [{ sign: "+" as const, text: `${more} more files are put back` }] : []),
    { sign: "=", text: "no file that is here changes; one that differs becomes an edit" },
  ];
}

async function isConfirmed(input: CallOptions, plan: readonly PlanLine[]): Promise<boolean> {
  if (input.yes === true) return true;
  if (input.confirm === undefined) return false;
  return await input.confirm([...plan.map(({ sign, text }) => `${sign} ${text}`), "Apply?"].join("\n"));
}

function relinkBatch(
  environment: Environment,
  checkout: Checkout,
  input: CallOptions,
  details: Readonly<Record<string, string>>,
) {
  return {
    objects: [],
    operation: {
      id: randomId("operation", environment.random(20)),
      collections: [checkout.collection],
      actor: callingActor(environment, input.claims),
      kind: "relink" as const,
      reason: input.claims?.reason ?? null,
      message: null,
      refs: [],
      changes: [],
      undoes: null,
      group: null,
      details,
    },
    openConflicts: [],
    settleConflicts: [],
    pins: [],
    unpins: [],
  };
}
