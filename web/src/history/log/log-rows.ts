import type { OperationValue } from "../../api/operations.ts";
import type { OperationGroup } from "./group-operations.ts";

/** A line of the log as it is drawn; all lines are as high, so that only those in sight need to be there. */
export type LogRow =
  | { readonly type: "day"; readonly key: string; readonly at: number }
  | { readonly type: "group"; readonly key: string; readonly group: OperationGroup; readonly isOpen: boolean }
  | {
      readonly type: "operation";
      readonly key: string;
      readonly operation: OperationValue;
      readonly isInGroup: boolean;
    };

/**
 * The lines of a log: days, groups, and the operations of the groups that are open. A group of one is its operation.
 * `dayOf` gives the day of a time as the reader counts days.
 */
export function logRows(
  groups: readonly OperationGroup[],
  open: ReadonlySet<string>,
  dayOf: (at: number) => string,
): readonly LogRow[] {
  const rows: LogRow[] = [];
  let day: string | undefined;
  for (const group of groups) {
    const [newest] = group.operations;
    const at = Date.parse(newest.at);
    if (dayOf(at) !== day) {
      day = dayOf(at);
      rows.push({ type: "day", key: `day ${newest.id}`, at });
    }
    const isOpen = open.has(group.key);
    const isInGroup = group.operations.length > 1;
    if (isInGroup) rows.push({ type: "group", key: `group ${group.key}`, group, isOpen });
    if (isInGroup && !isOpen) continue;
    for (const operation of group.operations) {
      rows.push({ type: "operation", key: operation.id, operation, isInGroup });
    }
  }
  return rows;
}
