import { useCallback, useMemo, useState } from "react";
import type { OperationValue } from "../../api/operations.ts";
import { VirtualRows } from "../../design/virtual-rows.tsx";
import { useTimes, useWords } from "../../words/use-words.tsx";
import { wordOf } from "../word-of.ts";
import type { OperationGroup } from "./group-operations.ts";
import { LogLine } from "./log-line.tsx";
import { logRows } from "./log-rows.ts";
import "./log.css";

const rowHeight = 32;

/** A log as lines. What was undone is called by its name as far as it is in the log at hand. */
export function LogView(props: {
  readonly operations: readonly OperationValue[];
  readonly groups: readonly OperationGroup[];
  readonly chosen: string | null;
  readonly onChoose: (operation: string) => void;
  readonly onEnd: () => void;
}) {
  const { operations, groups, chosen, onChoose, onEnd } = props;
  const { history, operationKinds } = useWords();
  const times = useTimes();
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set());
  const toggle = useCallback(
    (group: string) =>
      setOpen((before) =>
        before.has(group) ? new Set([...before].filter((one) => one !== group)) : new Set([...before, group]),
      ),
    [],
  );
  const rows = useMemo(() => logRows(groups, open, times.day), [groups, open, times]);
  const byId = useMemo(() => new Map(operations.map((one) => [one.id, one])), [operations]);
  const nameOf = useCallback(
    (operation: OperationValue) => {
      const undone = operation.undoes === null ? undefined : byId.get(operation.undoes);
      if (undone === undefined || operation.kind === "redo") {
        return operation.summary || wordOf(operationKinds, operation.kind);
      }
      return history.undid({ actor: undone.actor.name, summary: undone.summary });
    },
    [byId, history, operationKinds],
  );
  return (
    <VirtualRows
      name={history.changes}
      className="log"
      rows={rows}
      rowHeight={rowHeight}
      keyOf={({ key }) => key}
      onEnd={onEnd}
      draw={(row) => (
        <LogLine row={row} chosen={chosen} nameOf={nameOf} onChoose={onChoose} onToggle={toggle} />
      )}
    />
  );
}
