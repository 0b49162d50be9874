import { groupArtifacts } from "../artifacts/artifact.ts";
import { parseArtifact } from "../domain/artifact-kinds.ts";
import type { TargetRow } from "../runtimes/sync-row.ts";
import { pushHold } from "./capture/git-look.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type StatusData, type StatusRow } from "./outcomes.ts";
import { safeRows } from "./targets/safe-rows.ts";
import { canonicalArtifacts, lookAtTargets, rowsOf } from "./targets/targets.ts";
import { reading } from "./workbench/reading.ts";

export interface StatusInput extends CallOptions {
  /** Shows also the rows that are in sync or native. */
  readonly all?: boolean;
}

/** Where every artifact stands at every target, each state with its reason. */
export async function status(environment: Environment, input: StatusInput = {}): Promise<Answer<StatusData>> {
  return await reading(environment, input, async (bench) => {
    const { entries } = await bench.present();
    const artifacts = await canonicalArtifacts(bench, entries);
    const states = await lookAtTargets(bench);
    const hold = pushHold(bench);
    if (hold !== null) bench.notice("W-GIT", hold);
    const rows: StatusRow[] = [];
    for (const state of states) {
      const found = await safeRows(bench, await rowsOf(bench, state, artifacts));
      rows.push(...found.filter((row) => input.all === true || isWorthShowing(row)).map(statusRow));
    }
    const pending = await bench.store.checkouts.pending(bench.checkout.id);
    const conflicts = await bench.openConflicts();
    const data: StatusData = {
      collections: [
        {
          name: bench.located.file.name,
          root: bench.checkout.root,
          artifacts: groupArtifacts(entries).length,
        },
      ],
      targets: states.map(({ plan, place }) => ({
        runtime: plan.target.runtime.id,
        scope: plan.target.scope,
        path: place.base,
      })),
      rows,
      conflicts: conflicts.map((one) => {
        const artifact = one.artifact === null ? undefined : parseArtifact(one.artifact);
        return { id: one.id, kind: artifact?.kind ?? null, name: artifact?.name ?? one.path };
      }),
      pending: pending.map(({ operation, rows: left }) => ({
        operation,
        reason: left.find((row) => row.stuck !== null)?.stuck ?? `${left.length} files are not in place yet`,
      })),
    };
    return answer(data, { notices: bench.notices, next: nextCommands(data) });
  });
}

/** Rows that agree and have nothing to tell are left out, unless all are asked for. */
function isWorthShowing(row: TargetRow): boolean {
  return row.drift.state !== "in-sync" && row.drift.state !== "native";
}

function statusRow(row: TargetRow): StatusRow {
  return {
    kind: row.kind,
    name: row.name,
    target: row.target,
    state: row.drift.state,
    reason: row.drift.reason,
  };
}

function nextCommands(data: StatusData): readonly string[] {
  const next: string[] = [];
  if (data.conflicts.length > 0) next.push("stet conflicts");
  if (data.rows.some((row) => ["behind", "ahead", "diverged", "missing"].includes(row.state)))
    next.push("stet sync");
  return next;
}
