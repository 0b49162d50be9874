import type { Conflict } from "../../domain/conflicts.ts";
import { canonicalArtifacts } from "../targets/canonical-artifacts.ts";
import { lookAtTargets, rowsOf } from "../targets/targets.ts";
import type { Workbench } from "../workbench/workbench.ts";

/**
 * Takes note that the edit of a target lost against the root: it was seen, it is in history, and the next sync
 * may carry the root's version there instead of asking again.
 */
export async function noteEditSeen(bench: Workbench, conflict: Conflict): Promise<void> {
  const target = conflict.yoursActor.name;
  if (!bench.located.file.targets.includes(target)) return;
  const artifacts = await canonicalArtifacts(bench, (await bench.present()).entries);
  for (const state of await lookAtTargets(bench, [target])) {
    const rows = await rowsOf(bench, state, artifacts);
    const put = rows.flatMap((row) => {
      const artifact = `${row.kind}/${row.name}`;
      if (artifact !== conflict.artifact) return [];
      // Without a source the files are compared with what stet would write, and show as behind.
      return row.write.flatMap(({ path, before }) =>
        before === null ? [] : [{ path, artifact, written: before, source: "" }],
      );
    });
    if (put.length === 0) continue;
    const written = [{ checkout: bench.checkout.id, place: state.id, put, drop: [] }];
    await bench.store.checkouts.apply({ written }, { durable: false });
  }
}
