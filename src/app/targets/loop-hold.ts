import { sameEntry } from "../../domain/files.ts";
import { isPutBack } from "../../runtimes/drift/loop-guard.ts";
import type { TargetRow } from "../../runtimes/drift/sync-row.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { TargetState } from "./targets.ts";

/** More edited files than these are no loop that two programs are in: they are not looked up. */
const lookedUpMax = 100;

/**
 * Why a target is paused: another program puts its version of a file back each time that stet writes it. Null where
 * none does. Found from history and the file's own time, so that it ends by itself once that program stops, and
 * holds for every process.
 */
export async function loopHold(
  bench: Workbench,
  state: TargetState,
  rows: readonly TargetRow[],
): Promise<string | null> {
  const edited = rows.flatMap((row) => {
    if (row.drift.state !== "ahead" && row.drift.state !== "diverged") return [];
    return row.write.flatMap(({ path, before }) => (before === null ? [] : [path]));
  });
  for (const path of edited.slice(0, lookedUpMax)) {
    const there = state.scan.files.get(path);
    if (there === undefined) continue;
    const operations = await bench.store.history.operations({
      collection: bench.collection,
      path,
      limit: 10,
    });
    const writes = operations.flatMap(({ kind, at, changes }) => {
      const change = changes.find((one) => one.target === state.id && one.path === path);
      if (kind === "capture" || change === undefined || sameEntry(change.before, change.after)) return [];
      return [{ at, before: change.before?.blob ?? null }];
    });
    const changedAt = Number(there.stamp.ctimeNs / 1000n);
    if (isPutBack(writes, { blob: there.entry.blob, changedAt })) return pausedReason(state.id, path);
  }
  return null;
}

function pausedReason(target: string, path: string): string {
  const [runtime] = target.split(":");
  return `paused: another program has put its version of ${path} back twice within five seconds; stop it, then: stet push --target ${runtime}`;
}
