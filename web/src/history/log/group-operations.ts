import type { OperationValue } from "../../api/operations.ts";

/** Operations of one actor in one session, close to each other in time; newest first, none left out. */
export interface OperationGroup {
  /** The id of its oldest operation: it stays while newer ones join the group. */
  readonly key: string;
  readonly operations: readonly [OperationValue, ...OperationValue[]];
}

/** Two operations that are further apart belong to two groups. */
export const groupGapMilliseconds = 120_000;

/**
 * Groups a log, newest first. Joined again the groups are the log: nothing is dropped and nothing moves.
 * Only neighbours are joined, so that an operation of another actor in between is seen where it happened.
 */
export function groupOperations(operations: readonly OperationValue[]): readonly OperationGroup[] {
  const groups: [OperationValue, ...OperationValue[]][] = [];
  for (const operation of operations) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && belongTogether(before, operation)) last.push(operation);
    else groups.push([operation]);
  }
  return groups.map((one) => ({ key: one.at(-1)?.id ?? one[0].id, operations: one }));
}

export function belongTogether(newer: OperationValue, older: OperationValue): boolean {
  return (
    writerOf(newer) === writerOf(older) &&
    Math.abs(Date.parse(newer.at) - Date.parse(older.at)) < groupGapMilliseconds
  );
}

function writerOf({ actor }: OperationValue): string {
  return JSON.stringify([actor.name, actor.kind, actor.agentId, actor.modelId, actor.session]);
}
