import { basename } from "node:path";
import { otherKeepers } from "../collections/others/other-keepers.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import { StetError } from "../domain/errors.ts";
import { type CollectionId, type OperationId, randomId } from "../domain/ids.ts";
import type { ImportMatch } from "../runtimes/import/import-match.ts";
import { findRuntime, runtimes } from "../runtimes/table/table.ts";
import { nodeDisk } from "../workspace/node-disk.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { copiesInto } from "./init/init-copies.ts";
import { copyLines, type InitPlan, isInRoot, observedLines, planInit } from "./init/init-plan.ts";
import { originDetails } from "./init/origin-details.ts";
import { recordAgreement } from "./init/record-agreement.ts";
import { type Answer, answer, type PlanLine } from "./outcomes.ts";
import type { FileEdit } from "./record/change.ts";
import { record } from "./record/record.ts";
import { collectionFile, collectionFileEdit } from "./workbench/edit-collection-file.ts";
import { locateCollection } from "./workbench/locate.ts";
import { noCollection, type Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface ImportInput extends CallOptions {
  /** Ids of runtimes that have what is taken in; by default all that are used here. */
  readonly from?: readonly string[];
  /** What is taken over from other tools that keep it: their ids (`rulesync`), artifacts (`skill/pdf`), or `all`. */
  readonly adopt?: readonly string[];
  readonly dryRun?: boolean;
}

export interface ImportData {
  readonly collection: CollectionId;
  /** Artifacts that came, or would come, into the collection: `skill/pdf`. */
  readonly imported: readonly string[];
  /** Those that other tools keep, and that are only observed. */
  readonly observed: readonly { readonly artifact: string; readonly by: string; readonly why: string }[];
  readonly plan: readonly PlanLine[];
  readonly operation: OperationId | null;
}

/**
 * Takes artifacts that only runtimes have into a collection that is there already, as `init` does into a new one:
 * equal and near copies are one artifact, edited ones show as `ahead` afterwards. What the collection has is not
 * touched (`pull` takes edits in). Throws E-NOT-FOUND for a runtime that is not known.
 */
export async function importFound(
  environment: Environment,
  input: ImportInput = {},
): Promise<Answer<ImportData>> {
  const from = input.from?.length === 0 ? undefined : input.from;
  for (const id of from ?? []) if (findRuntime(id) === undefined) throw unknownRuntime(id);
  const located = await locateCollection(environment, input.scope ?? "project");
  if (located === null || located.scope === "local") {
    throw await noCollection(environment, input.scope ?? "project");
  }
  const found = await planInit(environment, nodeDisk({ platform: environment.platform }), {
    base: located.base,
    scope: located.scope,
    checkout: randomId("checkout", environment.random(20)),
    root: basename(located.root),
    settings: true,
    ...(input.adopt === undefined ? {} : { adopt: input.adopt }),
  });
  const matches = found.matches.filter((match) => !isInRoot(match, found.root) && liesAt(match, from));
  const plan: InitPlan = { ...found, matches };
  const adopted = adoptedEntries(located.file.observed, input.adopt ?? []);
  const lines = [...copyLines(plan), ...observedLines(plan), ...adopted.map(adoptedLine)];
  const imported = matches.flatMap(({ artifact, canonical }) =>
    canonical === null ? [] : [formatArtifact(artifact)],
  );
  const observed = plan.observed.map(({ artifact, kept }) => ({
    artifact: formatArtifact(artifact),
    by: kept.keeper.title,
    why: kept.why,
  }));
  const data = { collection: located.file.id, imported, observed, plan: lines, operation: null };
  if (imported.length + adopted.length === 0) return answer(data, { next: ["stet status"] });
  if (input.dryRun === true || !(await isConfirmed(input, lines))) {
    const words = [
      "stet import",
      ...(from ?? []),
      ...(input.adopt ? [`--adopt ${input.adopt.join(",")}`] : []),
    ];
    return answer(data, { needsDecision: input.dryRun !== true, next: [`${words.join(" ")} --yes`] });
  }
  return await writing(environment, input, async (bench) => {
    const { operation } = await record(bench, {
      kind: "pull",
      message: `Imported ${imported.join(", ")}`,
      reason: input.claims?.reason ?? null,
      details: originDetails(plan.origins),
      edits: [...(await copiesInto(bench, plan)), ...(await adoption(bench, input.adopt ?? []))],
    });
    await recordAgreement(bench, plan);
    return answer({ ...data, operation }, { notices: bench.notices, next: ["stet status", "stet undo"] });
  });
}

/** Whether one of these runtimes has a copy. */
function liesAt({ canonical, further }: ImportMatch, from: readonly string[] | undefined): boolean {
  if (from === undefined) return true;
  return [...(canonical === null ? [] : [canonical]), ...further].some((copy) => from.includes(copy.from));
}

type ObservedEntries = Awaited<ReturnType<typeof collectionFile>>["observed"];

function adoptedEntries(observed: ObservedEntries, adopt: readonly string[]): ObservedEntries {
  const titles = otherKeepers.flatMap(({ id, title }) => (adopt.includes(id) ? [title] : []));
  return observed.filter(
    ({ artifact, by }) => adopt.includes("all") || adopt.includes(artifact) || titles.includes(by),
  );
}

function adoptedLine({ artifact, by }: ObservedEntries[number]): PlanLine {
  return { sign: "~", text: `${artifact} is no longer left to ${by}: stet carries it from now on` };
}

/** The collection's file without those that are taken over. */
async function adoption(bench: Workbench, adopt: readonly string[]): Promise<readonly FileEdit[]> {
  const { observed } = await collectionFile(bench);
  const adopted = new Set(adoptedEntries(observed, adopt));
  if (adopted.size === 0) return [];
  const edits = observed.flatMap((entry, at) =>
    adopted.has(entry) ? [{ path: ["observed", at], value: undefined }] : [],
  );
  // From the last: what goes does not move what is still to go.
  return [await collectionFileEdit(bench, edits.reverse())];
}

async function isConfirmed(input: ImportInput, lines: readonly PlanLine[]): Promise<boolean> {
  if (input.yes === true) return true;
  if (input.confirm === undefined) return false;
  return await input.confirm([...lines.map(({ sign, text }) => `${sign} ${text}`), "Apply?"].join("\n"));
}

function unknownRuntime(id: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "No runtime of that name is known.",
    where: id,
    why: `Known are ${runtimes.map((one) => one.id).join(", ")}.`,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet import --dry-run", summary: "see what all runtimes have" }],
  });
}
