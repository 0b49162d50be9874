import type { Operation } from "../../domain/operations.ts";
import type { OperationQuery } from "../../store/history-store.ts";
import type { Workbench } from "../workbench/workbench.ts";

const pageSize = 50;

/** The operations of a collection, newest first, page by page as they are asked for. */
export async function* operationsBackward(
  bench: Workbench,
  query: Omit<OperationQuery, "collection" | "limit"> = {},
): AsyncGenerator<Operation> {
  let bound = query;
  for (;;) {
    const page = await bench.store.history.operations({
      ...bound,
      collection: bench.collection,
      limit: pageSize,
    });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    bound = { ...bound, beforeSequence: last.sequence };
  }
}
