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
  const edits: TargetEdit[] = [];
  for (const row of rows) {
    const artifact = `${row.kind}/${row.name}`;
    for (const { path, before, after } of row.write) {
      edits.push({
        place: state.place,
        path,
        artifact,
        before,
        after: after.entry,
        bytes: after.bytes ?? taken.blobs.get(after.entry.blob) ?? null,
      });
    }
  }
  return edits;
}
