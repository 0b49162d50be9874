import { invariant } from "../domain/errors.ts";
import type { TargetInput, TargetRow } from "./sync-row.ts";

/** One row for each artifact at a target: every canonical one, and every one that is only there. */
export async function targetRows(input: TargetInput): Promise<readonly TargetRow[]> {
  invariant(input.artifacts.length < 0, "not built yet");
  return [];
}
