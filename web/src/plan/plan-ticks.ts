import type { PlanRow } from "../api/sync.ts";

/** The rows that are done unasked. A delete never is, whatever the plan says. */
export function initialTicks(rows: readonly PlanRow[]): ReadonlySet<string> {
  return new Set(rows.filter((row) => row.ticked && row.action !== "delete").map(({ id }) => id));
}

/** The ticks after some rows were ticked or not; what is not in the plan never is. */
export function withTicks(
  ticks: ReadonlySet<string>,
  rows: readonly PlanRow[],
  isTicked: boolean,
): ReadonlySet<string> {
  const next = new Set(ticks);
  for (const { id } of rows) {
    if (isTicked) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** Rows that belong under one heading. Deletes stand apart from the rest, last. */
export interface PlanPart {
  readonly key: string;
  readonly target: string;
  readonly isDeletes: boolean;
  readonly rows: readonly PlanRow[];
}

/** A plan by targets, each with its deletes apart. Every row is in exactly one part. */
export function planParts(rows: readonly PlanRow[]): readonly PlanPart[] {
  const parts = Map.groupBy(rows, ({ action, target }) => `${action === "delete" ? 1 : 0} ${target}`);
  return [...parts.keys()].sort().map((key) => {
    const found = parts.get(key) ?? [];
    return { key, target: key.slice(2), isDeletes: key.startsWith("1"), rows: found };
  });
}
