import { StetError } from "../domain/errors.ts";
import type { PlanId } from "../domain/ids.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged } from "./outcomes.ts";
import { keepPlan } from "./plan.ts";
import { computeSync } from "./targets/compute-sync.ts";
import {
  doesSame,
  type MovedFile,
  movedSince,
  type PlannedRow,
  plannedRows,
} from "./targets/planned-rows.ts";
import { recordSync } from "./targets/record-sync.ts";
import { readPlan, type StoredPlan, storePlan } from "./targets/stored-plan.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface ApplyInput extends CallOptions {
  /** A plan's id, or a beginning of it. */
  readonly plan: string;
  /** Ids of rows; absent for those that are ticked. */
  readonly rows?: readonly string[];
  /** Does the deletes of the plan as well. */
  readonly deletes?: boolean;
}

/** A row that was not done, because a file that it rests on is another by now. */
export interface MovedRow {
  readonly row: PlannedRow;
  /** What changed since; empty where the files are the same and what becomes of them is not. */
  readonly since: readonly MovedFile[];
  /** What would be done now; null where nothing would. */
  readonly now: PlannedRow | null;
}

export interface ApplyData extends ChangeOutcome {
  readonly done: readonly PlannedRow[];
  readonly moved: readonly MovedRow[];
  /** The plan of what is to be done now for the rows that moved; null where there is nothing. */
  readonly replanned: PlanId | null;
}

/**
 * Does exactly what a plan says. Each file that it rests on is looked at again: a row whose file moved is not
 * done but planned anew, with what changed since. All of it is one operation. Throws E-NOT-FOUND without such a
 * plan, E-STALE where it was applied already or is of another folder.
 */
export async function apply(environment: Environment, input: ApplyInput): Promise<Answer<ApplyData>> {
  return await writing(environment, input, async (bench) => {
    const plan = readPlan(environment, input.plan);
    requireUsable(bench, plan);
    const choice = choiceOf(plan);
    const selected = selectedRows(plan, input);
    const { computed, done, moved } = await stillPlanned(bench, plan, selected);
    const outcome =
      done.length === 0
        ? nothingChanged
        : await recordSync(bench, computed, { ...choice, ...input, details: { plan: plan.id } });
    if (outcome.operation !== null) storePlan(environment, { ...plan, applied: outcome.operation });
    const again = moved.size === 0 ? [] : plannedRows(await computeSync(bench, choice));
    const movedIds = new Set([...moved.keys()].map((row) => row.id));
    const left = again.filter((row) => movedIds.has(row.id));
    const replanned = left.length === 0 ? null : keepPlan(bench, choice, left);
    const data: ApplyData = {
      ...outcome,
      done,
      moved: [...moved].map(([row, since]) => ({
        row,
        since,
        now: left.find((one) => one.id === row.id) ?? null,
      })),
      replanned,
    };
    return answer(data, {
      notices: bench.notices,
      needsDecision: outcome.conflicts.length > 0,
      next: [
        ...(replanned === null ? [] : [`stet apply ${replanned}`]),
        ...(outcome.conflicts.length > 0 ? ["stet conflicts"] : []),
        ...(outcome.operation === null ? [] : ["stet undo"]),
      ],
    });
  });
}

function choiceOf({ choice: { direction, targets, artifacts, overwrite, strategy } }: StoredPlan) {
  return {
    direction,
    deletes: true,
    ...(targets === undefined ? {} : { targets }),
    ...(artifacts === undefined ? {} : { artifacts }),
    ...(overwrite === undefined ? {} : { overwrite }),
    ...(strategy === undefined ? {} : { strategy }),
  };
}

/** The rows that are as they were planned, computed by themselves; and those that are not, with what moved. */
async function stillPlanned(bench: Workbench, plan: StoredPlan, selected: readonly PlannedRow[]) {
  const choice = choiceOf(plan);
  const moved = new Map<PlannedRow, readonly MovedFile[]>();
  let computed = await computeSync(bench, choice, new Set(selected.map((row) => row.id)));
  for (;;) {
    const now = plannedRows(computed);
    const found = computed.found;
    const left = selected.filter((row) => !moved.has(row));
    for (const row of left) {
      const since = movedSince(row, found.get(`${row.target} ${row.kind}/${row.name}`));
      const same = now.find((one) => one.id === row.id);
      if (since.length > 0 || !doesSame(row, same)) moved.set(row, since);
    }
    const done = selected.filter((row) => !moved.has(row));
    if (done.length === left.length) return { computed, done, moved };
    // What one target's edit becomes may rest on another's: without the rows that moved, all is computed again.
    computed = await computeSync(bench, choice, new Set(done.map((row) => row.id)));
  }
}

function selectedRows(plan: StoredPlan, { rows, deletes }: ApplyInput): readonly PlannedRow[] {
  if (rows === undefined) return plan.rows.filter((row) => row.ticked || deletes === true);
  const unknown = rows.find((id) => !plan.rows.some((row) => row.id === id));
  if (unknown === undefined) return plan.rows.filter((row) => rows.includes(row.id));
  throw new StetError({
    code: "E-NOT-FOUND",
    what: "The plan has no such row.",
    where: unknown,
    why: `Its rows are ${plan.rows.map((row) => row.id).join("; ")}.`,
    kept: "Nothing was written.",
    fixes: [{ cmd: `stet apply ${plan.id}`, summary: "do all that is ticked" }],
  });
}

function requireUsable(bench: Workbench, plan: StoredPlan): void {
  if (plan.applied === null && plan.checkout === bench.checkout.id) return;
  throw new StetError({
    code: "E-STALE",
    what: plan.applied === null ? "That plan is of another folder." : "That plan was applied already.",
    where: plan.id,
    why:
      plan.applied === null ? "A plan is of the checkout that it was made in." : `It became ${plan.applied}.`,
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet plan", summary: "plan what is to be done now" }],
  });
}
