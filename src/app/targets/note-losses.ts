import type { TargetRow } from "../../runtimes/drift/sync-row.ts";
import type { TargetPlan } from "../../runtimes/placement/target.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** Says what the runtime cannot express of these rows, where the collection asks to be warned of it. */
export function noteLosses(bench: Workbench, { rules }: TargetPlan, rows: readonly TargetRow[]): void {
  if (rules?.onDrop !== "warn") return;
  for (const { kind, name, target, dropped } of rows) {
    for (const { field, why } of dropped ?? []) {
      bench.notice("W-DROPPED", `${kind}/${name} ${target}: without ${field}: ${why}`);
    }
  }
}
