import type { Operation } from "../../domain/operations.ts";
import type { StoredCommit } from "../../store/history-store.ts";
import { madeNoCommit } from "../record/made-nothing.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** The commit that an operation made; undefined where it made none. */
export async function commitMadeBy(
  bench: Workbench,
  operation: Operation,
): Promise<StoredCommit | undefined> {
  if (madeNoCommit(operation)) return undefined;
  const id = operation.refs.find((move) => move.name.includes("/heads/"))?.after;
  return id === null || id === undefined ? undefined : await bench.store.history.commit(id);
}
