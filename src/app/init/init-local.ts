import { existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { collectionFilePath, newCollectionFile } from "../../collections/collection-file.ts";
import { StetError } from "../../domain/errors.ts";
import { regularMode } from "../../domain/files.ts";
import { randomId } from "../../domain/ids.ts";
import { pathOf } from "../../domain/paths.ts";
import { encodeText } from "../../formats/text-shape.ts";
import { blobId } from "../../snapshot/hash.ts";
import { nodeDisk } from "../../workspace/node-disk.ts";
import { captureRoot } from "../capture/capture.ts";
import type { CallOptions, Environment } from "../environment.ts";
import { type Answer, answer, type InitData, type PlanLine } from "../outcomes.ts";
import { record } from "../record/record.ts";
import { callingActor } from "../workbench/actor.ts";
import { type Located, locateCollection } from "../workbench/locate.ts";
import { newCheckout } from "../workbench/new-checkout.ts";
import { lockCheckout } from "../workbench/recover-checkout.ts";
import { noCollection, openUserStore, Workbench } from "../workbench/workbench.ts";

const nothingImported = { skill: 0, agent: 0, command: 0, rule: 0 } as const;

/**
 * Begins the private drafts of a project, in `stet/local/` of its root: a collection of their own that git does
 * not see and that is written to no runtime. Throws E-NO-COLLECTION without a project, and E-EXISTS.
 */
export async function initialiseLocal(
  environment: Environment,
  input: CallOptions & { readonly dryRun?: boolean },
): Promise<Answer<InitData & { readonly plan: readonly PlanLine[]; readonly written: boolean }>> {
  const project = await locateCollection(environment, "project");
  if (project === null) throw await noCollection(environment, "project");
  const root = join(project.root, "stet", "local");
  if (existsSync(join(root, collectionFilePath))) throw isThere(root);
  const name = `${project.file.name}-drafts`;
  const plan: readonly PlanLine[] = [
    { sign: "+", text: `${root}/  private drafts of this project; git does not see them` },
    { sign: "=", text: "no runtime gets them before they are promoted" },
  ];
  const preview = { collection: name, root, imported: nothingImported, operation: null, plan };
  const isConfirmed = input.yes === true || (await input.confirm?.(question(plan))) === true;
  if (input.dryRun === true || !isConfirmed) {
    const next = ["stet init --local --yes"];
    return answer({ ...preview, written: false }, { needsDecision: input.dryRun !== true, next });
  }
  const file = {
    id: randomId("collection", environment.random(20)),
    name,
    targets: [],
    allow: [],
    upstreams: [],
    observed: [],
  };
  mkdirSync(join(root, "stet", ".work"), { recursive: true });
  if (!existsSync(join(root, ".gitignore"))) writeFileSync(join(root, ".gitignore"), "*\n", { flag: "wx" });
  const located: Located = {
    scope: "local",
    base: project.base,
    root: realpathSync(root),
    file,
    fileText: newCollectionFile(file),
  };
  const operation = await beginDrafts(environment, located, input);
  return answer({ ...preview, operation, written: true }, { next: ["stet new --local skill/<name>"] });
}

function question(plan: readonly PlanLine[]): string {
  return [...plan.map(({ sign, text }) => `${sign} ${text}`), "Apply?"].join("\n");
}

async function beginDrafts(environment: Environment, located: Located, input: CallOptions) {
  const store = await openUserStore(environment);
  try {
    const disk = nodeDisk({ platform: environment.platform });
    const checkout = newCheckout(disk, located, randomId("checkout", environment.random(20)));
    const actor = callingActor(environment, input.claims);
    const bench = new Workbench({ environment, store, disk, located, actor, checkout, isReadOnly: false });
    await using _lock = await lockCheckout(bench);
    await store.checkouts.apply({ checkouts: [checkout] }, { durable: false });
    const bytes = encodeText(located.fileText) ?? new Uint8Array();
    const after = { blob: blobId(bytes), mode: regularMode, size: bytes.length };
    const outcome = await record(bench, {
      kind: "init",
      reason: input.claims?.reason ?? null,
      edits: [{ path: pathOf(collectionFilePath), after, bytes }],
    });
    await captureRoot(bench, { loss: "withhold" });
    return outcome.operation;
  } finally {
    await store.close();
  }
}

function isThere(where: string): StetError {
  return new StetError({
    code: "E-EXISTS",
    what: "This project has private drafts already.",
    where,
    why: "They have a collection file.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet list --local", summary: "see what there is" }],
  });
}
