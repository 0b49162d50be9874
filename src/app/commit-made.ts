import type { Operation } from "../domain/operations.ts";
import type { StoredCommit } from "../store/history-store.ts";
import type { Workbench } from "./workbench.ts";

/** Fact of an operation that took a branch or a checkout to a commit that was there already. */
export const madeNothing = { made: "nothing new" } as const;

/** Whether an operation only went to a commit that another one had made: a switch, a fast-forward. */
export function madeNoCommit({ kind, details }: Operation): boolean {
  return kind === "branch" || kind === "switch" || details.made === madeNothing.made;
}

/** The commit that an operation made; undefined where it made none. */
export async function commitMadeBy(
  bench: Workbench,
  operation: Operation,
): Promise<StoredCommit | undefined> {
  if (madeNoCommit(operation)) return undefined;
  const id = operation.refs.find((move) => move.name.includes("/heads/"))?.after;
  return id === null || id === undefined ? undefined : await bench.store.history.commit(id);
}
