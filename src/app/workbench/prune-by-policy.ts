import type { Retention } from "../../collections/collection-file.ts";
import { type Actor, claimedActor } from "../../domain/actors.ts";
import { type CommitId, randomId } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import type { OperationDraft } from "../../domain/operations.ts";
import type { PruneRequest, PruneResult } from "../../store/maintenance.ts";
import { operationsBackward } from "../history/operations-backward.ts";
import {
  type DatedVersion,
  describeRetention,
  hasRule,
  keptVersions,
  microsPerDay,
} from "../history/retention.ts";
import { maintenanceOf } from "./maintenance-of.ts";
import type { Workbench } from "./workbench.ts";

/** Both sides of a settled conflict stay at least this long. */
const conflictDaysMin = 365;

/** Prunes by rules as stet itself, where the collection's file says so and none did within a day. */
export async function pruneAutomatically(bench: Workbench): Promise<void> {
  const rules = bench.located.file.retention ?? {};
  if (rules.automatic !== true || !hasRule(rules) || bench.store.maintenance === null) return;
  const [last] = await bench.store.history.operations({
    collection: bench.collection,
    kinds: ["prune"],
    limit: 1,
  });
  const now = bench.environment.clock.now();
  if (last !== undefined && last.at > now - microsPerDay) return;
  const actor = claimedActor("stet", "stet");
  const { objects } = await pruneBy(bench, rules, {
    actor,
    reason: "the collection's policy",
    dryRun: false,
  });
  if (objects > 0)
    bench.notice("W-PRUNED", `${objects} old contents were pruned (${describeRetention(rules)}).`);
}

/** Removes what neither the rules nor the undo horizon keep, as one operation; a dry run only counts. */
export async function pruneBy(
  bench: Workbench,
  rules: Retention,
  by: { readonly actor: Actor; readonly reason: string | null; readonly dryRun: boolean },
): Promise<PruneResult> {
  const now = bench.environment.clock.now();
  const { versions, forced, horizon } = await historyOf(bench, now);
  const request: PruneRequest = {
    operation: pruneDraft(bench, by.actor, by.reason),
    policy: describeRetention(rules),
    keepCommits: [...new Set([...keptVersions(versions, rules, now), ...forced])],
    keepOperationsFrom: horizon,
    keepConflictsSince: now - conflictDaysMin * microsPerDay,
    dryRun: by.dryRun,
  };
  return await maintenanceOf(bench.store).prune(request);
}

interface PrunableHistory {
  readonly versions: readonly DatedVersion[];
  /** Both sides of what was forced within a year. */
  readonly forced: readonly CommitId[];
  /** The oldest operation that undo must still reach. */
  readonly horizon: number;
}

async function historyOf(bench: Workbench, now: number): Promise<PrunableHistory> {
  const versions: DatedVersion[] = [];
  const forced: CommitId[] = [];
  let count = 0;
  let horizon = Number.MAX_SAFE_INTEGER;
  for await (const { sequence, at, refs, kind } of operationsBackward(bench)) {
    count += 1;
    const isWithin = at >= now - limits.undoHorizonDaysMin * microsPerDay;
    if (count <= limits.undoHorizonOperationsMin || isWithin) horizon = Math.min(horizon, sequence);
    const move = refs.find(({ name }) => name.includes("/heads/"));
    if (move === undefined) continue;
    if (move.after !== null) versions.push({ commit: move.after, at });
    if (kind === "force" && at >= now - conflictDaysMin * microsPerDay) {
      for (const commit of [move.before, move.after]) if (commit !== null) forced.push(commit);
    }
  }
  return { versions, forced, horizon };
}

function pruneDraft(bench: Workbench, actor: Actor, reason: string | null): OperationDraft {
  return {
    id: randomId("operation", bench.environment.random(20)),
    collections: [bench.collection],
    actor,
    kind: "prune",
    reason,
    message: null,
    refs: [],
    changes: [],
    undoes: null,
    group: null,
    details: {},
  };
}
