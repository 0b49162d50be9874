import { noCarrying } from "../../collections/carrying.ts";
import type { ChangeOutcome } from "../outcomes.ts";
import { collectionFile } from "../workbench/edit-collection-file.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { computeSync } from "./compute-sync.ts";
import { recordSync } from "./record-sync.ts";

/** What a watch or a server brought up to date by itself, and the targets that are paused. */
export interface AutoSynced {
  readonly outcome: ChangeOutcome;
  /** Why targets are paused, each reason once. */
  readonly paused: readonly string[];
}

/**
 * Brings the targets up to date that the collection's `auto-sync` names: only copies that are behind, that lose
 * nothing on the way, and no removal. Everything else waits for a person. Null where no target is named, which is
 * how a collection begins. The checkout must be locked and captured.
 */
export async function autoSync(bench: Workbench): Promise<AutoSynced | null> {
  const { carrying = noCarrying, targets } = await collectionFile(bench);
  const named = carrying.autoSync.filter((id) => targets.includes(id));
  if (named.length === 0) return null;
  const computed = await computeSync(bench, { direction: "push", targets: named, automatic: true });
  const outcome = await recordSync(bench, computed, { direction: "push", details: { automatic: "true" } });
  const paused = computed.skipped.filter((one) => one.isPaused === true);
  return { outcome, paused: [...new Set(paused.map(({ reason }) => reason))] };
}
