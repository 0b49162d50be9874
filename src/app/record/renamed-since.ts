import type { Operation } from "../../domain/operations.ts";
import { type CollectionPath, parsePath } from "../../domain/paths.ts";
import { operationsBackward } from "../history/operations-backward.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** New paths by old ones: files that went from one path to another in later operations, with the very same bytes. */
export async function renamedSince(
  bench: Workbench,
  operation: Operation,
): Promise<ReadonlyMap<CollectionPath, CollectionPath>> {
  const steps: (readonly [CollectionPath, CollectionPath])[][] = [];
  for await (const later of operationsBackward(bench)) {
    if (later.sequence <= operation.sequence) break;
    steps.push(renamesOf(bench, later));
  }
  const now = new Map<CollectionPath, CollectionPath>();
  for (const [from, to] of steps.reverse().flat()) {
    const first = [...now].find(([, path]) => path === from)?.[0] ?? from;
    if (first === to) now.delete(first);
    else now.set(first, to);
  }
  return now;
}

function renamesOf(bench: Workbench, { changes }: Operation) {
  const own = changes.filter((change) => change.collection === bench.collection && change.target === null);
  const come = new Map(
    own.flatMap((one) => (one.before === null && one.after !== null ? [[one.after.blob, one]] : [])),
  );
  return own.flatMap((gone): (readonly [CollectionPath, CollectionPath])[] => {
    const met = gone.before === null || gone.after !== null ? undefined : come.get(gone.before.blob);
    const [from, to] = [parsePath(gone.path), met === undefined ? undefined : parsePath(met.path)];
    return from === undefined || to === undefined ? [] : [[from, to]];
  });
}
