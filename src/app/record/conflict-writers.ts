import type { Actor } from "../../domain/actors.ts";
import type { Conflict } from "../../domain/conflicts.ts";
import { commitMadeBy } from "../history/commit-made.ts";
import { authorOf } from "../history/file-ancestry.ts";
import type { Workbench } from "../workbench/workbench.ts";

/**
 * Conflicts with the writer of what stands in the root: whoever changed the file last, not whoever met the
 * conflict (P6). Where the file is gone, that is who removed it.
 */
export async function withWriters(
  bench: Workbench,
  conflicts: readonly Conflict[],
): Promise<readonly Conflict[]> {
  return await Promise.all(
    conflicts.map(async (one) => ({
      ...one,
      theirsActor: (await lastWriter(bench, one.path)) ?? one.theirsActor,
    })),
  );
}

async function lastWriter(bench: Workbench, path: string): Promise<Actor | undefined> {
  const [last] = await bench.store.history.operations({ collection: bench.collection, path, limit: 1 });
  if (last === undefined) return undefined;
  const commit = await commitMadeBy(bench, last);
  return commit === undefined ? last.actor : authorOf(commit, last.actor);
}
