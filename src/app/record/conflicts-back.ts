import type { Conflict } from "../../domain/conflicts.ts";
import { sameEntry } from "../../domain/files.ts";
import { type ConflictId, type OperationId, randomId } from "../../domain/ids.ts";
import type { Operation } from "../../domain/operations.ts";
import type { Workbench } from "../workbench/workbench.ts";

/**
 * What becomes of conflicts when an operation is taken back: those that it opened have lost their question, and
 * those that it settled are asked again. A settled conflict is never changed, so it is asked as a new one.
 */
export async function conflictsBack(
  bench: Workbench,
  operation: Operation,
): Promise<{
  readonly settles: readonly ConflictId[];
  readonly reopened: (by: OperationId) => readonly Conflict[];
}> {
  const all = await bench.store.history.conflicts({ collection: bench.collection });
  const opened = all.filter((one) => one.openedBy === operation.id);
  const settled = all.filter((one) => one.settledBy === operation.id);
  return {
    settles: all
      .filter((one) => one.settledBy === null && opened.some((other) => isSameQuestion(one, other)))
      .map((one) => one.id),
    reopened: (by) =>
      settled.map((one) => ({
        ...one,
        id: randomId("conflict", bench.environment.random(20)),
        openedBy: by,
        openedAt: bench.environment.clock.now(),
        settledBy: null,
      })),
  };
}

/** It may have been settled and asked again since under another id. */
function isSameQuestion(one: Conflict, other: Conflict): boolean {
  return (
    one.path === other.path &&
    sameEntry(one.base, other.base) &&
    sameEntry(one.yours, other.yours) &&
    sameEntry(one.theirs, other.theirs)
  );
}
