import type { OperationGroup } from "../log/group-operations.ts";

/** Where a slider over a log stands: 0 is the oldest group, the last step is now. */
export function stepOf(groups: readonly OperationGroup[], at: string | null): number {
  if (at === null) return groups.length;
  const index = groups.findIndex(({ operations }) => operations.some(({ id }) => id === at));
  return index === -1 ? groups.length : groups.length - 1 - index;
}

/** The operation that a step shows the store after; null for now. Groups are newest first. */
export function pointOf(groups: readonly OperationGroup[], step: number): string | null {
  return groups[groups.length - 1 - step]?.operations[0].id ?? null;
}
