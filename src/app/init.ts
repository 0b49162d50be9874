import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type CollectionFile,
  collectionFilePath,
  newCollectionFile,
} from "../collections/collection-file.ts";
import { unknownActor } from "../domain/actors.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import { regularMode } from "../domain/files.ts";
import { type CollectionId, randomId } from "../domain/ids.ts";
import { pathOf } from "../domain/paths.ts";
import { encodeText } from "../formats/text-shape.ts";
import { tomlDocument } from "../formats/toml-document.ts";
import { blobId } from "../snapshot/hash.ts";
import type { Checkout } from "../store/checkout-store.ts";
import { captureChanges } from "../workspace/capture.ts";
import type { Disk } from "../workspace/disk.ts";
import { nodeDisk } from "../workspace/node-disk.ts";
import { editsOf, indexOf, noticeScan, scanRoot } from "./capture/capture.ts";
import { takeIn } from "./capture/take-in.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { hookLines, installHooks, planHooks } from "./init/hooks.ts";
import { copiesInto } from "./init/init-copies.ts";
import { offerJoin } from "./init/init-join.ts";
import { initialiseLocal } from "./init/init-local.ts";
import { type InitPlan, planInit, seenInRoot } from "./init/init-plan.ts";
import { originDetails } from "./init/origin-details.ts";
import { recordAgreement } from "./init/record-agreement.ts";
import { type Answer, answer, type InitData, type PlanLine } from "./outcomes.ts";
import type { Change, FileEdit } from "./record/change.ts";
import { record } from "./record/record.ts";
import { callingActor } from "./workbench/actor.ts";
import { type Located, locateCollection, projectFolder } from "./workbench/locate.ts";
import { newCheckout } from "./workbench/new-checkout.ts";
import { lockCheckout } from "./workbench/recover-checkout.ts";
import { ignoreFileText } from "./workbench/root-place.ts";
import { openUserStore, Workbench } from "./workbench/workbench.ts";

export interface InitInput extends CallOptions {
  /** `.agents` or `.claude`; by default what is in use decides. */
  readonly root?: string;
  /** The user scope: the home folder instead of the project. */
  readonly user?: boolean;
  readonly name?: string;
  readonly dryRun?: boolean;
  /** Begins a history of its own where the folder carries another collection's id. */
  readonly fork?: boolean;
  /** What is taken over from other tools that keep it: their ids (`rulesync`), artifacts (`skill/pdf`), or `all`. */
  readonly adopt?: readonly string[];
  /** Makes the runtimes that are used tell stet what their agents write. */
  readonly hooks?: boolean;
}

export type InitAnswer = InitData & { readonly plan: readonly PlanLine[]; readonly written: boolean };

/**
 * Makes a folder a collection: finds what is there, shows a plan, and writes only what is confirmed. Files that
 * lie in the root already stay as they are; others are copied into it; runtimes' files do not change.
 */
export async function initialise(
  environment: Environment,
  input: InitInput = {},
): Promise<Answer<InitAnswer>> {
  if (input.scope === "local") return await initialiseLocal(environment, input);
  const scope = input.user === true || input.scope === "user" ? "user" : "project";
  const existing = await locateCollection(environment, scope);
  const base =
    existing?.base ??
    (scope === "user" ? realpathSync(environment.homeFolder) : await projectFolder(environment));
  const disk = nodeDisk({ platform: environment.platform });
  const checkoutId = randomId("checkout", environment.random(20));
  const root = existing === null ? input.root : basename(existing.root);
  const plan = await planInit(environment, disk, {
    base,
    scope,
    checkout: checkoutId,
    ...(root === undefined ? {} : { root }),
    ...(input.adopt === undefined ? {} : { adopt: input.adopt }),
  });
  const offer = input.fork === true ? null : await offerJoin(environment, disk, { scope, existing }, input);
  const name =
    offer?.name ?? existing?.file.name ?? input.name ?? (scope === "user" ? "user" : basename(base));
  const hooks = hookPlan(environment, disk, plan, checkoutId);
  const lines = offer?.lines ?? [
    ...(input.fork === true ? forkLines(existing, plan) : []),
    ...plan.lines,
    ...(input.hooks === true ? hooks : []),
  ];
  const preview = {
    collection: name,
    root: offer?.root ?? join(base, plan.root),
    imported: offer === null ? importedCounts(plan) : nothingImported,
    operation: null,
    plan: lines,
  };
  if (input.dryRun === true || !(await isConfirmed(input, lines))) {
    const flags = [input.fork === true ? " --fork" : "", input.hooks === true ? " --hooks" : ""];
    const next = [`stet init${flags.join("")} --yes`];
    return answer({ ...preview, written: false }, { needsDecision: input.dryRun !== true, next });
  }
  if (offer !== null) {
    const { operation } = await offer.join();
    return answer({ ...preview, operation, written: true }, { next: ["stet status", "stet log"] });
  }
  const begun = await begin(environment, disk, { plan, name, existing, input, checkout: checkoutId });
  if (input.hooks === true) await installHooks(environment, { ...input, scope });
  const { operation, notices } = begun;
  const next = [
    "stet status",
    "stet log",
    ...(input.hooks !== true && hooks.length > 0 ? ["stet init --hooks"] : []),
  ];
  return answer({ ...preview, collection: begun.name, operation, written: true }, { notices, next });
}

interface Beginning {
  readonly plan: InitPlan;
  readonly name: string;
  readonly existing: Located | null;
  readonly input: InitInput;
  readonly checkout: Checkout["id"];
}

async function begin(environment: Environment, disk: Disk, beginning: Beginning) {
  const { plan, name, existing, input } = beginning;
  const store = await openUserStore(environment);
  try {
    const file = collectionFile(environment, plan, name, existing, input.fork === true);
    const located = prepareRoot(plan, file, existing);
    const checkout = newCheckout(disk, located, beginning.checkout);
    const actor = callingActor(environment, input.claims);
    const bench = new Workbench({ environment, store, disk, located, actor, checkout, isReadOnly: false });
    const operation = await importAll(bench, plan, input);
    return { name: file.name, operation, notices: bench.notices };
  } finally {
    await store.close();
  }
}

/** What hooks would change, for the runtimes that are used here. */
function hookPlan(
  environment: Environment,
  disk: Disk,
  { base, root, scope, used }: InitPlan,
  checkout: Checkout["id"],
): readonly PlanLine[] {
  const request = { base, root: join(base, root), checkout, scope, runtimes: used };
  return hookLines(planHooks(environment, disk, request, "install"), "install");
}

/** What a fork adds to the plan: the one file that it changes. */
function forkLines(existing: Located | null, plan: InitPlan): readonly PlanLine[] {
  if (existing === null) return [];
  const text = `${plan.root}/${collectionFilePath} gets a new id: a history of its own begins`;
  return [{ sign: "~", text }];
}

async function isConfirmed(input: InitInput, lines: readonly PlanLine[]): Promise<boolean> {
  if (input.yes === true) return true;
  if (input.confirm === undefined) return false;
  return await input.confirm([...lines.map(({ sign, text }) => `${sign} ${text}`), "Apply?"].join("\n"));
}

const nothingImported: InitData["imported"] = { skill: 0, agent: 0, command: 0, rule: 0 };

function importedCounts({ matches, instructions }: InitPlan): InitData["imported"] {
  const count = (kind: string) =>
    matches.filter((one) => one.artifact.kind === kind && one.canonical !== null).length;
  return {
    skill: count("skill"),
    agent: count("agent"),
    command: count("command"),
    rule: count("rule") + instructions.length,
  };
}

function collectionFile(
  environment: Environment,
  plan: InitPlan,
  name: string,
  existing: Located | null,
  fork: boolean,
): CollectionFile {
  const id: CollectionId = randomId("collection", environment.random(20));
  if (existing !== null && !fork) return existing.file;
  const targets = existing?.file.targets ?? plan.used.map((runtime) => `${runtime.id}:${plan.scope}`);
  const observed = existing?.file.observed ?? observedInRoot(plan);
  const { allow = [], upstreams = [] } = existing?.file ?? {};
  return { id, name, targets, allow, upstreams, observed };
}

/** What other tools keep in the root itself: it has a history there, and is to be carried nowhere. */
function observedInRoot({ observed, root }: InitPlan): CollectionFile["observed"] {
  const inRoot = observed.filter(({ paths }) => paths.some((path) => path.startsWith(`${root}/`)));
  return inRoot.map(({ artifact, kept }) => ({ artifact: formatArtifact(artifact), by: kept.keeper.title }));
}

/** Makes the root and what stet needs in it before it can lock it. Nothing that is there is replaced. */
function prepareRoot(plan: InitPlan, file: CollectionFile, existing: Located | null): Located {
  const root = join(plan.base, plan.root);
  mkdirSync(join(root, "stet", ".work"), { recursive: true });
  try {
    writeFileSync(join(root, "stet", ".gitignore"), ignoreFileText, { flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
  }
  const fileText = existing === null ? newCollectionFile(file) : withId(existing.fileText, file);
  return { scope: plan.scope, base: plan.base, root: realpathSync(root), file, fileText };
}

/** The text of a collection file with another id, and everything else as it is. */
function withId(text: string, file: CollectionFile): string {
  const edited = tomlDocument.edit(text, [{ path: ["id"], value: file.id }]);
  return edited.ok ? edited.text : newCollectionFile(file);
}

async function importAll(bench: Workbench, plan: InitPlan, input: InitInput) {
  await using _lock = await lockCheckout(bench);
  await bench.store.checkouts.apply({ checkouts: [bench.checkout] }, { durable: false });
  const { operation } = await record(bench, {
    kind: "init",
    // Whoever runs init did not write what was there before it (P7).
    author: unknownActor,
    reason: input.claims?.reason ?? null,
    details: originDetails(plan.origins),
    ...(await foundFiles(bench, plan)),
  });
  await recordAgreement(bench, plan);
  return operation;
}

/** What is in the root or comes into it. The look at the root ends with this call: it is as large as the root. */
async function foundFiles(bench: Workbench, plan: InitPlan): Promise<Pick<Change, "edits" | "local">> {
  const scan = await scanRoot(bench, seenInRoot(plan));
  noticeScan(bench, scan);
  const capture = captureChanges(scan, new Map());
  const found = editsOf(capture);
  const there = new Set<string>(found.map((edit) => edit.path));
  const copies = (await copiesInto(bench, plan)).filter((edit) => !there.has(edit.path));
  const inPlace = await takeIn(bench, found);
  const own = ownFile(bench, inPlace);
  return {
    edits: [...inPlace.filter(({ path }) => !own.some((one) => one.path === path)), ...copies, ...own],
    local: { index: indexOf(bench, capture, inPlace) },
  };
}

/**
 * The collection's own file where it is not on disk as it should be: new, or that of a fork, which carries the id
 * of the collection that it was forked from.
 */
function ownFile(bench: Workbench, inPlace: readonly FileEdit[]): readonly FileEdit[] {
  const bytes = encodeText(bench.located.fileText);
  if (bytes === null) return [];
  const found = inPlace.find((edit) => edit.path === collectionFilePath)?.after;
  const after = { blob: blobId(bytes), mode: found?.mode ?? regularMode, size: bytes.length };
  if (found?.blob === after.blob) return [];
  return [{ path: pathOf(collectionFilePath), after, bytes, ...(found ? { found } : {}) }];
}
