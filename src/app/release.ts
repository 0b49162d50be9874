import { noCarrying } from "../collections/carrying.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import type { KeyEdit } from "../formats/format-value.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { readArtifactArgument } from "./history/artifact-argument.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged } from "./outcomes.ts";
import { type SyncData, sync } from "./sync.ts";
import { targetsOf } from "./targets/compute-sync.ts";
import { collectionFile, editCollectionFile } from "./workbench/edit-collection-file.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface ReleaseInput extends CallOptions {
  /** `skill/pdf`. */
  readonly artifact: string;
  /** Runtimes or targets; absent for all that the collection is carried to. */
  readonly targets?: readonly string[];
  readonly reason?: string;
}

/** Ends managing an artifact at targets: its files stay there as they are, and are the user's from now on. */
export async function release(environment: Environment, input: ReleaseInput): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const artifact = formatArtifact(readArtifactArgument(input.artifact));
    const { carrying = noCarrying, targets } = await collectionFile(bench);
    const named = targetsOf(bench, input.targets) ?? targets;
    const added = named.filter(
      (target) => !carrying.release.some((one) => one.target === target && one.artifact === artifact),
    );
    if (added.length === 0) {
      bench.notice("W-NOTHING", `${artifact} is not managed there already.`);
      return answer(nothingChanged, { notices: bench.notices });
    }
    const reason = input.reason?.trim() ?? "";
    const edits = added.map((target, at): KeyEdit => {
      const value = { target, artifact, ...(reason === "" ? {} : { reason }), by: bench.actor.name };
      return { path: ["release", carrying.release.length + at], value };
    });
    const outcome = await editCollectionFile(bench, edits, {
      reason: reason === "" ? null : reason,
      details: { released: `${artifact} at ${added.join(", ")}` },
    });
    await dropRecords(bench, artifact, added);
    const next = [`stet adopt ${artifact}`, "stet undo"];
    return answer(outcome, { notices: bench.notices, next });
  });
}

/** What stet wrote there is no longer its own. Found again where this is lost: the copy is as the store would write it. */
async function dropRecords(bench: Workbench, artifact: string, targets: readonly string[]): Promise<void> {
  const { checkouts } = bench.store;
  const written = [];
  for (const place of targets) {
    const known = await checkouts.written(bench.checkout.id, place);
    const drop = known.filter((one) => one.artifact === artifact).map(({ path }) => path);
    if (drop.length > 0) written.push({ checkout: bench.checkout.id, place, put: [], drop });
  }
  if (written.length > 0) await checkouts.apply({ written }, { durable: false });
}

/**
 * Manages an artifact at targets (again): what was released is not any more, and a file that only lies there is taken
 * into the store. Where both have it and they differ, it is asked as in any sync.
 */
export async function adopt(environment: Environment, input: ReleaseInput): Promise<Answer<SyncData>> {
  const artifact = formatArtifact(readArtifactArgument(input.artifact));
  await writing(environment, input, async (bench) => {
    const { carrying = noCarrying, targets } = await collectionFile(bench);
    const named = targetsOf(bench, input.targets) ?? targets;
    const edits = [...carrying.release.entries()].reverse().flatMap(([at, one]): KeyEdit[] => {
      const isMeant = one.artifact === artifact && named.includes(one.target);
      return isMeant ? [{ path: ["release", at], value: undefined }] : [];
    });
    if (edits.length === 0) return;
    const details = { adopted: `${artifact} at ${named.join(", ")}` };
    await editCollectionFile(bench, edits, { reason: input.reason ?? null, details });
  });
  return await sync(environment, { ...input, artifacts: [artifact], direction: "pull" });
}
