import type { TargetRow } from "../../runtimes/drift/sync-row.ts";
import type { WrittenEntry } from "../../store/checkout-store.ts";
import type { LeftRow, PlanLine } from "../outcomes.ts";
import { rowKey, type TakenEdits } from "./taken-edits.ts";

export type SyncDirection = "both" | "push" | "pull";

export interface ChosenRows {
  /** Rows whose files are to be written to the target. */
  readonly rows: readonly TargetRow[];
  readonly left: readonly LeftRow[];
  readonly lines: readonly PlanLine[];
  readonly recorded: readonly WrittenEntry[];
  readonly forgotten: readonly string[];
}

interface PushChoice {
  readonly direction: SyncDirection;
  readonly overwrite?: boolean;
  readonly automatic?: boolean;
  readonly taken: TakenEdits;
  /** Why nothing may be written now; null where it may. */
  readonly hold: string | null;
  readonly mayDo: (row: TargetRow) => boolean;
}

/**
 * Which rows a sync writes: where only the store moved, or nothing was written yet. Everything else is left,
 * with the reason that a person needs to decide. What a removal would settle is `chooseRemovals`'.
 */
export function choosePushes(rows: readonly TargetRow[], choice: PushChoice): ChosenRows {
  const { direction, taken, hold } = choice;
  const chosen: TargetRow[] = [];
  const left: LeftRow[] = [];
  const lines: PlanLine[] = [];
  for (const row of rows) {
    if (direction === "pull" || taken.settled.has(rowKey(row))) continue;
    const what = `${row.kind}/${row.name} ${row.target}`;
    const decision = decide(row, choice);
    if (decision === "write" && !choice.mayDo(row)) continue;
    if (decision === "write" && hold !== null) {
      left.push({ what, reason: hold, waits: true });
      lines.push({ sign: "?", text: `${what}: ${hold}` });
    } else if (decision === "write") {
      chosen.push(row);
      const isNew = row.write.every((one) => one.before === null);
      lines.push({ sign: isNew ? "+" : "~", text: `${row.kind}/${row.name} -> ${row.target}` });
    } else if (decision === "wait" || decision === "tell") {
      left.push({ what, reason: row.drift.reason, waits: decision === "wait" });
      lines.push({ sign: decision === "wait" ? "?" : "=", text: `${what}: ${row.drift.reason}` });
    }
  }
  return {
    rows: chosen,
    left,
    lines,
    recorded: rows.flatMap((row) => row.record),
    forgotten: rows.flatMap((row) => row.forget),
  };
}

type Decision = "write" | "wait" | "tell" | "pass";

function decide(row: TargetRow, { taken, overwrite, automatic }: PushChoice): Decision {
  const { state } = row.drift;
  if (automatic === true) {
    const isSafe = state === "behind" && row.write.length > 0 && row.dropped?.length === 0;
    return isSafe ? "write" : "pass";
  }
  const isAsked = overwrite === true && (state === "ahead" || state === "diverged" || state === "missing");
  // The target's edit is in the root: what differs there now is older than what the root has.
  const isMerged = state === "diverged" && taken.merged.has(rowKey(row));
  return (isAsked || isMerged) && row.write.length > 0 ? "write" : decideByState(row);
}

function decideByState(row: TargetRow): Decision {
  switch (row.drift.state) {
    case "behind":
      return row.write.length > 0 ? "write" : "pass";
    case "missing":
      return row.drift.side === "store" ? "write" : "wait";
    case "ahead":
    case "diverged":
    case "blocked":
      return "wait";
    case "unsupported":
      return "tell";
    case "extra":
    case "in-sync":
    case "native":
      return "pass";
  }
}
