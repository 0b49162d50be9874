import type { CallOptions } from "../environment.ts";
import type { ChangeOutcome } from "../outcomes.ts";
import { record } from "../record/record.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { ComputedSync, SyncChoice } from "./compute-sync.ts";

/** Does what was computed, as one operation. Throws E-STALE where a file moved since. */
export async function recordSync(
  bench: Workbench,
  { taken, targets, records }: ComputedSync,
  {
    direction,
    claims,
    details = {},
  }: Pick<SyncChoice, "direction"> &
    Pick<CallOptions, "claims"> & { readonly details?: Readonly<Record<string, string>> },
): Promise<ChangeOutcome> {
  const outcome = await record(bench, {
    kind: direction === "both" ? "sync" : direction,
    reason: claims?.reason ?? null,
    // Whoever carries the edits of a target is not their author (P7).
    ...(taken.edits.length > 0 ? { author: taken.author } : {}),
    edits: taken.edits,
    targets,
    ...(taken.overlaps.length === 0 ? {} : { conflicts: (id) => taken.conflicts(bench, id) }),
    keep: taken.kept,
    decisions: taken.decisions,
    details,
    local: { written: records },
    evenIfEmpty: taken.overlaps.length > 0,
  });
  if (outcome.operation === null && records.length > 0) {
    await bench.store.checkouts.apply({ written: records }, { durable: false });
  }
  return outcome;
}
