import { formatArtifact } from "../domain/artifact-kinds.ts";
import { StetError } from "../domain/errors.ts";
import type { TargetId } from "../runtimes/placement/target.ts";
import { findRuntime } from "../runtimes/table/table.ts";
import { pushHold } from "./capture/git-look.ts";
import type { Environment, MergingOptions } from "./environment.ts";
import { readArtifactArgument } from "./history/artifact-argument.ts";
import { type Answer, answer, type ChangeOutcome, type LeftRow, type PlanLine } from "./outcomes.ts";
import { shownDecisions } from "./record/decisions.ts";
import { record } from "./record/record.ts";
import { safeRows } from "./targets/safe-rows.ts";
import { TakenEdits } from "./targets/taken-edits.ts";
import { choosePushes, type SyncDirection } from "./targets/target-choice.ts";
import { targetEdits } from "./targets/target-edits.ts";
import { canonicalArtifacts, lookAtTargets, rowsOf } from "./targets/targets.ts";
import { requireTrusted, untrustedTargets } from "./trust.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface SyncInput extends MergingOptions {
  readonly direction: SyncDirection;
  readonly dryRun?: boolean;
  /** Runtimes or targets (`claude`, `claude:project`); absent for all. */
  readonly targets?: readonly string[];
  /** `skill/pdf`; absent for all. */
  readonly artifacts?: readonly string[];
}

export type SyncData = Omit<ChangeOutcome, "skipped"> & {
  readonly skipped: readonly LeftRow[];
  readonly plan: readonly PlanLine[];
};

/**
 * Brings targets and root together where one side moved. Edits made at a target are taken into the root
 * first, so that one call carries them on to the other targets. Deletions and overlaps are left, each with
 * its reason. All of it is one operation.
 */
export async function sync(environment: Environment, input: SyncInput): Promise<Answer<SyncData>> {
  if (input.dryRun === true) {
    return await reading(environment, input, async (bench) => {
      const planned = await planSync(bench, input);
      const data = {
        operation: null,
        changed: [],
        conflicts: [],
        skipped: planned.skipped,
        decisions: shownDecisions(planned.taken.decisions),
        plan: planned.lines,
      };
      return answer(data, { notices: bench.notices, next: ["stet sync"] });
    });
  }
  return await writing(environment, input, async (bench) => {
    const planned = await planSync(bench, input);
    const { taken } = planned;
    const outcome = await record(bench, {
      kind: input.direction === "both" ? "sync" : input.direction,
      reason: input.claims?.reason ?? null,
      // Whoever carries the edits of a target is not their author (P7).
      ...(taken.edits.length > 0 ? { author: taken.author } : {}),
      edits: taken.edits,
      targets: planned.targets,
      ...(taken.overlaps.length === 0 ? {} : { conflicts: (id) => taken.conflicts(bench, id) }),
      keep: taken.kept,
      decisions: taken.decisions,
      local: { written: planned.records },
      evenIfEmpty: taken.overlaps.length > 0,
    });
    if (outcome.operation === null && planned.records.length > 0) {
      await bench.store.checkouts.apply({ written: planned.records }, { durable: false });
    }
    const data = { ...outcome, skipped: planned.skipped, plan: planned.lines };
    return answer(data, {
      notices: bench.notices,
      needsDecision: planned.skipped.some((one) => one.waits) || outcome.conflicts.length > 0,
      next:
        outcome.conflicts.length > 0 ? ["stet conflicts"] : outcome.operation === null ? [] : ["stet undo"],
    });
  });
}

async function planSync(bench: Workbench, input: SyncInput) {
  const { entries } = await bench.present();
  const named = targetsOf(bench, input.targets);
  requireTrusted(bench, named ?? []);
  const states = await lookAtTargets(bench, named);
  const wanted = input.artifacts?.map((one) => formatArtifact(readArtifactArgument(one)));
  const isWanted = (row: { readonly kind: string; readonly name: string }) =>
    wanted === undefined || wanted.includes(`${row.kind}/${row.name}`);

  const taken = new TakenEdits(bench, entries, input);
  const before = await canonicalArtifacts(bench, entries);
  if (input.direction !== "push") {
    for (const state of states) {
      const rows = (await rowsOf(bench, state, before)).filter(isWanted);
      const safe = await safeRows(bench, rows, taken.readBlob);
      for (const row of safe) await taken.take(state, row, input.artifacts !== undefined);
    }
  }
  const after = taken.edits.length === 0 ? before : await canonicalArtifacts(bench, taken.entries);
  const hold = pushHold(bench);
  const chosen = [];
  for (const state of states) {
    const rows = (await rowsOf(bench, state, after, taken.blobs)).filter(isWanted);
    const safe = await safeRows(bench, rows, taken.readBlob);
    chosen.push({ state, ...choosePushes(safe, input.direction, taken, hold) });
  }
  const targets = [];
  for (const { state, rows } of chosen) {
    for (const row of rows) taken.keepReplaced(state, row);
    targets.push(...targetEdits(state, rows, taken));
  }
  return {
    taken,
    targets,
    skipped: [
      ...(named === undefined ? untrustedRows(bench) : []),
      ...taken.left,
      ...chosen.flatMap((one) => one.left),
    ],
    lines: [...taken.lines, ...chosen.flatMap((one) => one.lines)],
    records: chosen.flatMap(({ state, rows, recorded, forgotten }) => {
      const put = [...recorded, ...rows.flatMap((row) => row.recordAfterPush)];
      if (put.length + forgotten.length === 0) return [];
      return [{ checkout: bench.checkout.id, place: state.id, put, drop: forgotten }];
    }),
  };
}

function untrustedRows(bench: Workbench): readonly LeftRow[] {
  return untrustedTargets(bench).map(({ id, why }) => ({ what: id, reason: why, waits: true }));
}

/** The targets named by runtime or in full. Throws E-NOT-FOUND for one that the collection is not carried to. */
function targetsOf(bench: Workbench, named: readonly string[] | undefined): readonly TargetId[] | undefined {
  if (named === undefined || named.length === 0) return undefined;
  const all = bench.located.file.targets;
  return named.flatMap((name) => {
    const found = all.filter((id) => id === name || id.split(":")[0] === name);
    if (found.length > 0) return found;
    throw new StetError({
      code: "E-NOT-FOUND",
      what: "The collection is not carried to that target.",
      where: name,
      why:
        findRuntime(name) === undefined
          ? `Its targets are ${all.join(", ") || "none"}.`
          : "The runtime is known, but it is not among the collection's targets.",
      kept: "Nothing was written.",
      fixes: [{ cmd: `stet config add-target ${name}`, summary: "carry the collection there" }],
    });
  });
}
