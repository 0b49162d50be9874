import type { OperationId } from "../../domain/ids.ts";
import { emptySnapshot } from "../../snapshot/build-snapshot.ts";
import { editSnapshot } from "../../snapshot/edit-snapshot.ts";
import { overlaySource } from "../../snapshot/overlay-source.ts";
import type { FileEdit } from "../record/change.ts";
import { snapshotOf } from "../workbench/present.ts";
import type { Workbench } from "../workbench/workbench.ts";

const operationsMax = 200;
const contentMax = 100;

/**
 * The newest operation that left the collection as these edits leave it: a switch back to a branch, a stash that
 * is put away. Only so many of the newest operations are looked at; null where none of them did.
 */
export async function seenBefore(bench: Workbench, edits: readonly FileEdit[]): Promise<OperationId | null> {
  const { history } = bench.store;
  // A state that was there before has no content that is new: most edits end here.
  const content = edits.flatMap(({ after }) => after?.blob ?? []).slice(0, contentMax);
  if ((await history.inspect(content)).some((one) => one.state !== "present")) return null;
  const source = overlaySource(emptySnapshot().nodes, history);
  const { snapshot } = await bench.present();
  const after = new Map(edits.map((edit) => [edit.path, edit.after]));
  const { id } = await editSnapshot(source, snapshot, after);
  const operations = await history.operations({ collection: bench.collection, limit: operationsMax });
  for (const operation of operations) {
    const commit = operation.refs.find((move) => move.name.includes("/heads/"))?.after;
    if (commit !== undefined && commit !== null && (await snapshotOf(bench.store, commit)) === id)
      return operation.id;
  }
  return null;
}
