import type { Environment, MergingOptions } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome, type LeftRow, type PlanLine } from "./outcomes.ts";
import { shownDecisions } from "./record/decisions.ts";
import { computeSync, type SyncChoice } from "./targets/compute-sync.ts";
import { recordSync } from "./targets/record-sync.ts";
import { reading } from "./workbench/reading.ts";
import { writing } from "./workbench/writing.ts";

export interface SyncInput extends MergingOptions, SyncChoice {
  readonly dryRun?: boolean;
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
      const { skipped, taken, lines } = await computeSync(bench, input);
      const data = {
        operation: null,
        changed: [],
        conflicts: [],
        skipped,
        decisions: shownDecisions(taken.decisions),
        plan: lines,
      };
      return answer(data, { notices: bench.notices, next: ["stet sync"] });
    });
  }
  return await writing(environment, input, async (bench) => {
    const computed = await computeSync(bench, input);
    const { skipped, lines } = computed;
    const outcome = await recordSync(bench, computed, input);
    return answer(
      { ...outcome, skipped, plan: lines },
      {
        notices: bench.notices,
        needsDecision: skipped.some((one) => one.waits) || outcome.conflicts.length > 0,
        next:
          outcome.conflicts.length > 0 ? ["stet conflicts"] : outcome.operation === null ? [] : ["stet undo"],
      },
    );
  });
}

/** Writes the runtimes' copies. A copy that was edited since stet wrote it is left alone, unless it is overwritten by name. */
export async function push(
  environment: Environment,
  input: Omit<SyncInput, "direction"> = {},
): Promise<Answer<SyncData>> {
  return await sync(environment, { ...input, direction: "push" });
}

/** Takes the runtimes' edits into the canonical files, translated back where the dialect allows; else it says why not. */
export async function pull(
  environment: Environment,
  input: Omit<SyncInput, "direction"> = {},
): Promise<Answer<SyncData>> {
  return await sync(environment, { ...input, direction: "pull" });
}
