import { type PlanId, randomId } from "../domain/ids.ts";
import { errorName } from "../workspace/disk.ts";
import type { Environment, MergingOptions } from "./environment.ts";
import { type Answer, answer, type LeftRow } from "./outcomes.ts";
import { computeSync, type SyncChoice } from "./targets/compute-sync.ts";
import { type PlannedRow, plannedRows } from "./targets/planned-rows.ts";
import { storePlan } from "./targets/stored-plan.ts";
import type { SyncDirection } from "./targets/target-choice.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";

/** What is to be planned; both directions where none is given. */
export interface PlanInput extends MergingOptions, Omit<SyncChoice, "direction" | "deletes"> {
  readonly direction?: SyncDirection;
}

export interface PlanData {
  /** Null where there is nothing to do, or where nothing can be kept here. */
  readonly plan: PlanId | null;
  readonly rows: readonly PlannedRow[];
  /** What no plan settles, each with its reason. */
  readonly left: readonly LeftRow[];
}

/**
 * Plans a sync: every create, change, delete and merge with its reason, and what it rests on. It is kept, so that
 * `apply` can do exactly that. Deletes are in it and not ticked. Nothing else is written.
 */
export async function plan(environment: Environment, input: PlanInput = {}): Promise<Answer<PlanData>> {
  const choice = choiceOf(input);
  return await reading(environment, input, async (bench) => {
    const computed = await computeSync(bench, { ...choice, deletes: true });
    const rows = plannedRows(computed);
    const id = rows.length === 0 ? null : keepPlan(bench, choice, rows);
    const next = id === null ? [] : [`stet apply ${id}`];
    return answer({ plan: id, rows, left: computed.skipped }, { notices: bench.notices, next });
  });
}

/** The part of an input that a stored plan repeats. */
function choiceOf({ direction = "both", targets, artifacts, overwrite, strategy }: PlanInput): SyncChoice {
  return {
    direction,
    ...(targets === undefined ? {} : { targets }),
    ...(artifacts === undefined ? {} : { artifacts }),
    ...(overwrite === undefined ? {} : { overwrite }),
    ...(strategy === undefined ? {} : { strategy }),
  };
}

/** Stores a plan of these rows. Null, with a notice, where the store's folder cannot be written. */
export function keepPlan(bench: Workbench, choice: SyncChoice, rows: readonly PlannedRow[]): PlanId | null {
  const { environment } = bench;
  const id = randomId("plan", environment.random(20));
  const { direction, targets, artifacts, overwrite, strategy } = choice;
  try {
    storePlan(environment, {
      format: 1,
      id,
      checkout: bench.checkout.id,
      at: environment.clock.now(),
      choice: { direction, targets, artifacts, overwrite, strategy },
      rows,
      applied: null,
    });
    return id;
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    bench.notice("W-NOT-KEPT", "The plan cannot be kept here, so it can only be looked at.");
    return null;
  }
}
