/**
 * Ending a collection at one place.
 *
 * Invariants:
 * - every file but stet's own stays as it is, and so does the whole history in the store;
 * - a file of stet's own goes only if its bytes are in history, or are as stet writes them always.
 */
import { readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { collectionFilePath } from "../collections/collection-file.ts";
import { sameEntry } from "../domain/files.ts";
import { type CollectionId, type OperationId, randomId } from "../domain/ids.ts";
import { pathOf } from "../domain/paths.ts";
import { runtimes } from "../runtimes/table/table.ts";
import { type Disk, errorName } from "../workspace/disk.ts";
import { diskPath } from "../workspace/place-paths.ts";
import { readSteady } from "../workspace/read-steady.ts";
import { settleAsides } from "../workspace/settle-asides.ts";
import { captureRoot } from "./capture/capture.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { changeHooks, hookLines, hookRequest, planHooks } from "./init/hooks.ts";
import { type Answer, answer, type PlanLine } from "./outcomes.ts";
import { benchOfCheckout } from "./workbench/bench-of-checkout.ts";
import { goneCheckout } from "./workbench/find-checkout.ts";
import { locateCollection } from "./workbench/locate.ts";
import { lockCheckout, recoverCheckout } from "./workbench/recover-checkout.ts";
import { ignoreFileText, workFolder } from "./workbench/root-place.ts";
import { onWorkbench, openUserStore, type Workbench } from "./workbench/workbench.ts";

export interface DetachInput extends CallOptions {
  readonly dryRun?: boolean;
}

export interface DetachData {
  readonly root: string;
  /** The collection whose history stays in the store. */
  readonly collection: CollectionId;
  readonly plan: readonly PlanLine[];
  readonly operation: OperationId | null;
  readonly written: boolean;
}

/** Ends the collection here, once it is confirmed: forgets the checkout, and removes stet's own files and hooks. */
export async function detach(environment: Environment, input: DetachInput = {}): Promise<Answer<DetachData>> {
  const scope = input.scope ?? "project";
  if ((await locateCollection(environment, scope)) === null) {
    const gone = await forgetGone(environment, input);
    if (gone !== null) return gone;
  }
  return await onWorkbench(environment, input, async (bench) => {
    const plan = planOf(bench);
    const { root, collection } = { root: bench.checkout.root, collection: bench.collection };
    if (input.dryRun === true || !(await isConfirmed(input, plan))) {
      const data = { root, collection, plan, operation: null, written: false };
      return answer(data, { needsDecision: input.dryRun !== true, next: ["stet detach --yes"] });
    }
    const operation = await forgetHere(bench, input);
    removeIfEmpty(join(root, "stet"));
    removeIfEmpty(root);
    const data = { root, collection, plan, operation, written: true };
    return answer(data, { notices: bench.notices });
  });
}

async function forgetHere(bench: Workbench, input: DetachInput): Promise<OperationId> {
  await using _lock = await lockCheckout(bench);
  await recoverCheckout(bench);
  await captureRoot(bench, { loss: "withhold" });
  const reason = input.claims?.reason ?? null;
  const hooks = await changeHooks(bench, "remove", reason);
  for (const { what, reason: why } of hooks.outcome.skipped) bench.notice("W-HOOKS", `${what}: ${why}`);
  const { store, disk, environment } = bench;
  await settleAsides({ store, disk, ...environment }, bench.checkout.id, { graceMicros: 0 });
  const kept = await ownFiles(bench);
  const operation = await writeDetach(bench, reason);
  for (const path of kept) unlinkQuietly(bench.disk, path);
  removeWork(bench);
  return operation;
}

function planOf(bench: Workbench): readonly PlanLine[] {
  const { root } = bench.checkout;
  const request = hookRequest(bench.located, bench.checkout.id);
  const hooks =
    request === null ? [] : planHooks(bench.environment, bench.disk, { ...request, runtimes }, "remove");
  return [
    { sign: "-", text: `${root}/${collectionFilePath} and stet's working folder` },
    ...hookLines(hooks, "remove"),
    { sign: "=", text: "every other file stays as it is" },
    { sign: "=", text: `the whole history stays in the store, as ${bench.collection}` },
  ];
}

async function isConfirmed(input: CallOptions, plan: readonly PlanLine[]): Promise<boolean> {
  if (input.yes === true) return true;
  if (input.confirm === undefined) return false;
  return await input.confirm([...plan.map(({ sign, text }) => `${sign} ${text}`), "Apply?"].join("\n"));
}

/** Paths on disk of stet's own files that may go: what they hold can be had again. */
async function ownFiles(bench: Workbench): Promise<readonly string[]> {
  const { disk, root } = bench;
  const { entries } = await bench.present();
  const own = [collectionFilePath, "stet/collection.lock"].flatMap((path) => {
    const found = readSteady(disk, diskPath(root, path))?.entry ?? null;
    return found !== null && sameEntry(entries.get(pathOf(path)) ?? null, found)
      ? [diskPath(root, path)]
      : [];
  });
  // The drafts of a collection of their own stay, and so does what keeps git from seeing them.
  if (disk.lstat(`${bench.checkout.root}/stet/local`) !== null) return own;
  const ignore = `${bench.checkout.root}/stet/.gitignore`;
  const content = readSteady(disk, ignore);
  const isOurs = content !== null && new TextDecoder().decode(content.bytes) === ignoreFileText;
  return isOurs ? [...own, ignore] : own;
}

async function writeDetach(bench: Workbench, reason: string | null): Promise<OperationId> {
  const { checkout, collection, environment } = bench;
  const before = await bench.store.history.ref(bench.checkoutRef);
  const id = randomId("operation", environment.random(20));
  const operation = {
    id,
    collections: [collection],
    actor: bench.actor,
    kind: "detach" as const,
    reason,
    message: null,
    refs: before === undefined ? [] : [{ name: bench.checkoutRef, before, after: null }],
    changes: [],
    undoes: null,
    group: null,
    details: { root: checkout.root, branch: checkout.branch },
  };
  const batch = { objects: [], operation, openConflicts: [], settleConflicts: [], pins: [], unpins: [] };
  await bench.store.write([batch], { local: { dropCheckouts: [checkout.id] }, whole: true });
  return id;
}

/** A checkout whose root is gone is only forgotten. */
async function forgetGone(environment: Environment, input: DetachInput): Promise<Answer<DetachData> | null> {
  const store = await openUserStore(environment);
  try {
    const gone = await goneCheckout(store, environment, input.scope ?? "project");
    if (gone === null) return null;
    const { root, collection } = gone;
    const plan: readonly PlanLine[] = [
      { sign: "-", text: `the record of ${root}, which is gone` },
      { sign: "=", text: `the whole history stays in the store, as ${collection}` },
    ];
    if (input.dryRun === true || !(await isConfirmed(input, plan))) {
      const data = { root, collection, plan, operation: null, written: false };
      return answer(data, { needsDecision: input.dryRun !== true, next: ["stet detach --yes"] });
    }
    const bench = benchOfCheckout(environment, store, gone, input);
    const operation = await writeDetach(bench, input.claims?.reason ?? null);
    return answer({ root, collection, plan, operation, written: true });
  } finally {
    await store.close();
  }
}

/** The work folder holds nothing but locks by now; an aside that somebody wrote to since stays, and it with it. */
function removeWork(bench: Workbench): void {
  const { disk, checkout } = bench;
  const work = workFolder(checkout.root);
  for (const name of ["lock", "lock-holder"]) unlinkQuietly(disk, join(work, name));
  removeIfEmpty(join(work, "staging"));
  removeIfEmpty(work);
}

function unlinkQuietly(disk: Disk, path: string): void {
  try {
    disk.unlink(path);
  } catch (error) {
    if (errorName(error) === undefined) throw error;
  }
}

function removeIfEmpty(folder: string): void {
  try {
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  } catch (error) {
    if (errorName(error) === undefined) throw error;
  }
}
