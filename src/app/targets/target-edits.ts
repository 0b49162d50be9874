import type { TargetRow } from "../../runtimes/drift/sync-row.ts";
import type { TargetEdit } from "../record/change.ts";
import type { TakenEdits } from "./taken-edits.ts";
import type { TargetState } from "./targets.ts";

/** The writes of rows as edits of their target's files. */
export function targetEdits(
  state: TargetState,
  rows: readonly TargetRow[],
  taken: TakenEdits,
): readonly TargetEdit[] {
  return rows.flatMap((row) =>
    row.write.map(({ path, before, after }) => ({
      place: state.place,
      path,
      artifact: `${row.kind}/${row.name}`,
      before,
      after: after.entry,
      bytes: after.bytes ?? taken.blobs.get(after.entry.blob) ?? null,
    })),
  );
}

/** The removals of rows as edits of their target's files. */
export function targetRemovals(state: TargetState, rows: readonly TargetRow[]): readonly TargetEdit[] {
  return rows.flatMap((row) =>
    row.remove.map(({ path, before }) => ({
      place: state.place,
      path,
      artifact: `${row.kind}/${row.name}`,
      before,
      after: null,
      bytes: null,
    })),
  );
}
