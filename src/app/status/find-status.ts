import { dirname, join } from "node:path";
import { groupArtifacts } from "../../artifacts/artifact.ts";
import { collectionFilePath } from "../../collections/collection-file.ts";
import { parseArtifact } from "../../domain/artifact-kinds.ts";
import type { TargetRow } from "../../runtimes/drift/sync-row.ts";
import type { Disk } from "../../workspace/disk.ts";
import { pushHold } from "../capture/git-look.ts";
import type { CallOptions, Environment } from "../environment.ts";
import { type Answer, answer, type StatusData, type StatusRow } from "../outcomes.ts";
import { canonicalArtifacts } from "../targets/canonical-artifacts.ts";
import { loopHold } from "../targets/loop-hold.ts";
import { noteLosses } from "../targets/note-losses.ts";
import { safeRows } from "../targets/safe-rows.ts";
import { lookAtTargets, rowsOf } from "../targets/targets.ts";
import { rootFolders } from "../workbench/locate.ts";
import { reading } from "../workbench/reading.ts";
import type { Surroundings } from "../workbench/remembered-answer.ts";
import type { Workbench } from "../workbench/workbench.ts";

export interface StatusInput extends CallOptions {
  /** Shows also the rows that are in sync or native. */
  readonly all?: boolean;
  /** Reads every copy in full, and tells of each what its runtime cannot express. */
  readonly why?: boolean;
}

/** Looks at everything, through the given disk. */
export async function findStatus(
  { environment, disk }: Surroundings,
  input: StatusInput,
): Promise<Answer<StatusData>> {
  return await reading(environment, { ...input, disk }, async (bench) => {
    noteWhereItIs(disk, environment, bench);
    const { entries } = await bench.present();
    const artifacts = await canonicalArtifacts(bench, entries);
    const states = await lookAtTargets(bench);
    const hold = pushHold(bench);
    if (hold !== null) bench.notice("W-GIT", hold);
    const rows: StatusRow[] = [];
    for (const state of states) {
      const found = await safeRows(
        bench,
        await rowsOf(bench, state, artifacts, { thorough: input.why === true }),
      );
      const paused = await loopHold(bench, state, found);
      if (paused !== null) bench.notice("W-PAUSED", `${state.id}: ${paused}`);
      noteLosses(bench, state.plan, found);
      rows.push(...found.filter((row) => isWorthShowing(row, input)).map((row) => statusRow(row, input)));
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

/** How the collection was found was asked of the system past this disk: it is asked again, and so noted. */
function noteWhereItIs(disk: Disk, environment: Environment, { located }: Workbench): void {
  disk.realPath(environment.homeFolder);
  disk.lstat(located.root);
  const start = disk.realPath(environment.workingFolder) ?? environment.workingFolder;
  for (let folder = start; ; folder = dirname(folder)) {
    for (const name of rootFolders) {
      disk.realPath(join(folder, name));
      // The file may be a link: the name says where that leads, and what is there says whether it changed.
      const file = disk.realPath(join(folder, name, collectionFilePath));
      if (file !== null) disk.lstat(file);
    }
    if (folder === located.base || folder === dirname(folder)) break;
  }
}

/** Rows that agree and have nothing to tell are left out, unless all are asked for. */
function isWorthShowing(row: TargetRow, { all, why }: StatusInput): boolean {
  if (all === true || (why === true && row.dropped !== null && row.dropped.length > 0)) return true;
  return row.drift.state !== "in-sync" && row.drift.state !== "native";
}

function statusRow(row: TargetRow, { why }: StatusInput): StatusRow {
  return {
    kind: row.kind,
    name: row.name,
    target: row.target,
    state: row.drift.state,
    reason: row.drift.reason,
    ...(why === true ? { dropped: row.dropped ?? [] } : {}),
  };
}

function nextCommands(data: StatusData): readonly string[] {
  const next: string[] = [];
  if (data.conflicts.length > 0) next.push("stet conflicts");
  if (data.rows.some((row) => ["behind", "ahead", "diverged", "missing"].includes(row.state)))
    next.push("stet sync");
  return next;
}
