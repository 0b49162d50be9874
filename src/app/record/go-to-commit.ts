import { collectionFilePath } from "../../collections/collection-file.ts";
import type { CommitId } from "../../domain/ids.ts";
import { diffSnapshots } from "../../snapshot/diff-snapshots.ts";
import { snapshotOf } from "../workbench/present.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { FileEdit } from "./change.ts";

/**
 * The edits that make of the present files those of a commit. The collection's own file is never removed: a
 * folder without it would be no collection any more.
 */
export async function editsTo(bench: Workbench, commit: CommitId): Promise<readonly FileEdit[]> {
  const { store } = bench;
  const now = (await bench.present()).snapshot;
  const changes = await diffSnapshots(store.history, now, await snapshotOf(store, commit));
  return changes
    .filter(({ path, after }) => after !== null || path !== collectionFilePath)
    .map(({ path, after }) => ({ path, after, bytes: null }));
}
