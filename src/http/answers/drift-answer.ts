import type { StatusRow } from "../../app/outcomes.ts";
import type { TargetStateValue } from "../schemas/artifact.ts";
import { targetStateSchema } from "../schemas/artifact.ts";

/** Rows of one artifact as they are answered. */
export function targetStates(rows: readonly StatusRow[]): readonly TargetStateValue[] {
  return rows.map(({ target, state, reason }) => ({
    target,
    runtime: target.split(":")[0] ?? target,
    state: targetStateSchema.shape.state.parse(state),
    reason,
  }));
}
