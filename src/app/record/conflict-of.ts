import { claimedActor } from "../../domain/actors.ts";
import type { Conflict } from "../../domain/conflicts.ts";
import { type OperationId, randomId } from "../../domain/ids.ts";
import { conflictUnit } from "../conflicts/open-question.ts";
import { artifactKey } from "../history/artifact-key.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { Overlap } from "./merge-files.ts";

/**
 * A stored conflict between what stands in the root (theirs) and what came from elsewhere (yours): `from` names
 * the target, branch or operation that it came from.
 */
export function conflictOf(
  bench: Workbench,
  operation: OperationId,
  overlap: Omit<Overlap, "outcome">,
  from: string,
): Conflict {
  return {
    id: randomId("conflict", bench.environment.random(20)),
    collection: bench.collection,
    path: overlap.path,
    artifact: artifactKey(overlap.path),
    base: overlap.base,
    yours: overlap.yours,
    theirs: overlap.theirs,
    yoursActor: claimedActor(from, "unknown"),
    theirsActor: bench.actor,
    rule: overlap.rule,
    units: overlap.units.map((unit) => conflictUnit(unit)),
    openedBy: operation,
    openedAt: bench.environment.clock.now(),
    settledBy: null,
  };
}
