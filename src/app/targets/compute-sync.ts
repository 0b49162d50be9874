import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import type { BlobId } from "../../domain/ids.ts";
import type { TargetRow } from "../../runtimes/drift/sync-row.ts";
import type { TargetId } from "../../runtimes/placement/target.ts";
import { findRuntime } from "../../runtimes/table/table.ts";
import type { LocalBatch } from "../../store/checkout-store.ts";
import { pushHold } from "../capture/git-look.ts";
import { readArtifactArgument } from "../history/artifact-argument.ts";
import type { LeftRow, PlanLine } from "../outcomes.ts";
import type { TargetEdit } from "../record/change.ts";
import type { FileMergeOptions } from "../record/file-merge.ts";
import { requireTrusted, untrustedTargets } from "../trust.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { canonicalArtifacts } from "./canonical-artifacts.ts";
import { loopHold } from "./loop-hold.ts";
import { noteLosses } from "./note-losses.ts";
import { chooseRemovals } from "./removal-choice.ts";
import { safeRows } from "./safe-rows.ts";
import { rowKey, TakenEdits } from "./taken-edits.ts";
import { choosePushes, type SyncDirection } from "./target-choice.ts";
import { targetEdits, targetRemovals } from "./target-edits.ts";
import { lookAtTargets, rowsOf, type TargetState } from "./targets.ts";

/** What a sync is asked to do: what `sync`, `push`, `pull` and `plan` have in common. */
export interface SyncChoice extends FileMergeOptions {
  readonly direction: SyncDirection;
  /** Runtimes or targets (`claude`, `claude:project`); absent for all. */
  readonly targets?: readonly string[];
  /** `skill/pdf`; absent for all. */
  readonly artifacts?: readonly string[];
  /** Also removes copies of what was removed in the store: those that stet wrote and nobody changed. */
  readonly deletes?: boolean;
  /** Writes also over copies that were edited since. They are kept in history. For named artifacts and targets. */
  readonly overwrite?: boolean;
  /** Nobody asked: only copies that are behind are written, and only where nothing is lost on the way. */
  readonly automatic?: boolean;
}

/** A row that something is done to at its target, and what was found there before anything was taken in. */
export interface ComputedRow {
  readonly row: TargetRow;
  readonly does: "write" | "remove";
}

/** What a sync would do, computed and not done. */
export interface ComputedSync {
  readonly taken: TakenEdits;
  /** The rows as they were found, before anything was taken in, by `rowKey`. */
  readonly found: ReadonlyMap<string, TargetRow>;
  readonly rows: readonly ComputedRow[];
  readonly targets: readonly TargetEdit[];
  readonly skipped: readonly LeftRow[];
  readonly lines: readonly PlanLine[];
  readonly records: NonNullable<LocalBatch["written"]>;
}

/** A part of a sync that can be done or left by itself: a row, or the removals of a row. */
export type SyncPart = string;

export function writePart(row: Pick<TargetRow, "target" | "kind" | "name">): SyncPart {
  return rowKey(row);
}

export function removePart(row: Pick<TargetRow, "target" | "kind" | "name">): SyncPart {
  return `${rowKey(row)} delete`;
}

/**
 * Computes a sync: edits made at a target are taken into the root first, so that they are carried on to the other
 * targets in the same go; deletions and overlaps are left, each with its reason.
 *
 * @param only the parts that may be done; absent for all.
 */
export async function computeSync(
  bench: Workbench,
  choice: SyncChoice,
  only?: ReadonlySet<SyncPart>,
): Promise<ComputedSync> {
  const { entries } = await bench.present();
  const named = targetsOf(bench, choice.targets);
  requireNamed(choice);
  requireTrusted(bench, named ?? []);
  const states = await lookAtTargets(bench, named);
  const wanted = choice.artifacts?.map((one) => formatArtifact(readArtifactArgument(one)));
  const isWanted = (row: TargetRow) => wanted === undefined || wanted.includes(`${row.kind}/${row.name}`);
  const mayDo = (part: SyncPart) => only === undefined || only.has(part);

  const taken = new TakenEdits(bench, entries, choice);
  const before = await canonicalArtifacts(bench, entries);
  const found = new Map<TargetState, readonly TargetRow[]>();
  for (const state of states) {
    const rows = (await rowsOf(bench, state, before)).filter(isWanted);
    found.set(state, await safeRows(bench, rows, taken.readBlob));
  }
  if (choice.direction !== "push") {
    for (const [state, rows] of found) {
      for (const row of rows) {
        if (mayDo(writePart(row))) await taken.take(state, row, choice.artifacts !== undefined);
      }
    }
  }
  const chosen = [];
  for (const [state, rows] of found) {
    const now = taken.edits.length === 0 ? rows : await rowsAfter(bench, state, taken, isWanted);
    // Whoever names a target means it, also where it is paused.
    const mayPause = named === undefined || choice.automatic === true;
    const paused = mayPause ? await loopHold(bench, state, rows) : null;
    const hold = pushHold(bench) ?? paused;
    const pushes = choosePushes(now, { ...choice, hold, taken, mayDo: (row) => mayDo(writePart(row)) });
    const removals = chooseRemovals(now, { ...choice, hold, mayDo: (row) => mayDo(removePart(row)) });
    chosen.push({ state, pushes, removals, paused });
  }
  for (const { state, pushes } of chosen) {
    noteLosses(bench, state.plan, pushes.rows);
    for (const row of pushes.rows) taken.keepReplaced(state, row);
  }
  return {
    taken,
    found: new Map([...found.values()].flat().map((row) => [rowKey(row), row])),
    rows: chosen.flatMap(({ pushes, removals }) => [
      ...pushes.rows.map((row) => ({ row, does: "write" as const })),
      ...removals.rows.map((row) => ({ row, does: "remove" as const })),
    ]),
    targets: chosen.flatMap(({ state, pushes, removals }) => [
      ...targetEdits(state, pushes.rows, taken),
      ...targetRemovals(state, removals.rows),
    ]),
    skipped: [
      ...(named === undefined ? untrustedRows(bench) : []),
      ...taken.left,
      ...chosen.flatMap(({ pushes, removals }) => [...pushes.left, ...removals.left]),
      ...chosen.flatMap(({ state, paused }) => (paused === null ? [] : [pausedTarget(state.id, paused)])),
    ],
    lines: [
      ...taken.lines,
      ...chosen.flatMap(({ pushes, removals }) => [...pushes.lines, ...removals.lines]),
    ],
    records: chosen.flatMap(({ state, pushes, removals }) => {
      const put = [...pushes.recorded, ...pushes.rows.flatMap((row) => row.recordAfterPush)];
      const drop = [...pushes.forgotten, ...removals.forgotten];
      if (put.length + drop.length === 0) return [];
      return [{ checkout: bench.checkout.id, place: state.id, put, drop }];
    }),
  };
}

async function rowsAfter(
  bench: Workbench,
  state: TargetState,
  taken: TakenEdits,
  isWanted: (row: TargetRow) => boolean,
): Promise<readonly TargetRow[]> {
  const blobs: ReadonlyMap<BlobId, Uint8Array> = taken.blobs;
  const artifacts = await canonicalArtifacts(bench, taken.entries);
  const rows = (await rowsOf(bench, state, artifacts, { extra: blobs })).filter(isWanted);
  return await safeRows(bench, rows, taken.readBlob);
}

function pausedTarget(what: TargetId, reason: string): LeftRow {
  return { what, reason, waits: true, isPaused: true };
}

function untrustedRows(bench: Workbench): readonly LeftRow[] {
  return untrustedTargets(bench).map(({ id, why }) => ({ what: id, reason: why, waits: true }));
}

/** Whoever writes over an edit says which: there is no overwriting of everything. */
function requireNamed({ overwrite, artifacts = [], targets = [], direction }: SyncChoice): void {
  if (overwrite !== true || (artifacts.length > 0 && targets.length > 0 && direction === "push")) return;
  throw new StetError({
    code: "E-USAGE",
    what: "Overwriting asks for the artifact and the target by name.",
    where: "--overwrite",
    why: "A copy that was edited since is replaced only where you say which.",
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet diff --target <runtime>", summary: "see first what would be replaced" }],
  });
}

/** The targets named by runtime or in full. Throws E-NOT-FOUND for one that the collection is not carried to. */
export function targetsOf(
  bench: Workbench,
  named: readonly string[] | undefined,
): readonly TargetId[] | undefined {
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
