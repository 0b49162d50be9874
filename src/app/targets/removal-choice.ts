import type { TargetRow } from "../../runtimes/drift/sync-row.ts";
import type { LeftRow, PlanLine } from "../outcomes.ts";
import type { SyncDirection } from "./target-choice.ts";

export interface ChosenRemovals {
  /** Rows whose `remove` is to be done. */
  readonly rows: readonly TargetRow[];
  readonly left: readonly LeftRow[];
  readonly lines: readonly PlanLine[];
  /** Paths whose records go with the files. */
  readonly forgotten: readonly string[];
}

interface RemovalChoice {
  readonly direction: SyncDirection;
  readonly deletes?: boolean;
  readonly hold: string | null;
  readonly mayDo: (row: TargetRow) => boolean;
}

/**
 * Which copies a sync removes: those of files that were removed in the store, that stet wrote and that are as it
 * left them (BUGS F6), and only where deletes were asked for. What was there before stet was is the user's.
 */
export function chooseRemovals(rows: readonly TargetRow[], choice: RemovalChoice): ChosenRemovals {
  const chosen: TargetRow[] = [];
  const left: LeftRow[] = [];
  const lines: PlanLine[] = [];
  for (const row of choice.direction === "pull" ? [] : rows) {
    if (row.drift.state !== "behind" || row.remove.length === 0) continue;
    const what = `${row.kind}/${row.name} ${row.target}`;
    const why = reasonToLeave(row, choice);
    if (why !== null) {
      left.push({ what, reason: why, waits: true });
      lines.push({ sign: "?", text: `${what}: ${why}` });
    } else if (choice.mayDo(row)) {
      chosen.push(row);
      lines.push({ sign: "-", text: what });
    }
  }
  const forgotten = chosen.flatMap((row) => row.remove.map(({ path }) => path));
  return { rows: chosen, left, lines, forgotten };
}

function reasonToLeave(row: TargetRow, { deletes, hold }: RemovalChoice): string | null {
  if (deletes !== true) return row.drift.reason;
  const older = row.remove.filter((one) => one.adopted);
  if (older.length > 0) {
    return `${older[0]?.path} was there before stet, which removes only what it wrote: stet rm --cascade, or remove it yourself`;
  }
  return hold;
}
