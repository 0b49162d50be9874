import type { ReactNode } from "react";
import type { OperationValue } from "../../api/operations.ts";
import { useTimes, useWords } from "../../words/use-words.tsx";
import { wordOf } from "../word-of.ts";
import { ActorName } from "./actor-name.tsx";
import type { LogRow } from "./log-rows.ts";

interface LogLineProps {
  readonly row: LogRow;
  readonly chosen: string | null;
  readonly nameOf: (operation: OperationValue) => string;
  readonly onChoose: (operation: string) => void;
  readonly onToggle: (group: string) => void;
}

/** One line of the log: a day, a group that opens, or an operation that shows what it did. */
export function LogLine({ row, chosen, nameOf, onChoose, onToggle }: LogLineProps) {
  const words = useWords();
  const times = useTimes();
  if (row.type === "day") return <h2 className="log-day">{times.day(row.at)}</h2>;
  if (row.type === "group") {
    const { group, isOpen } = row;
    const [newest] = group.operations;
    const isBreaking = group.operations.some(({ breakingChanges }) => breakingChanges.length > 0);
    return (
      <button type="button" className="log-line" aria-expanded={isOpen} onClick={() => onToggle(group.key)}>
        <Columns operation={newest} lead={<span className="log-arrow" aria-hidden="true" />}>
          <span className="log-count">{words.history.group({ count: group.operations.length })}</span>
          <span className="log-summary" lang="en">
            {nameOf(newest)}
          </span>
          {isBreaking ? <Breaking /> : null}
        </Columns>
      </button>
    );
  }
  const { operation, isInGroup } = row;
  return (
    <button
      type="button"
      className="log-line"
      data-inner={isInGroup ? "" : undefined}
      aria-current={operation.id === chosen ? "true" : undefined}
      onClick={() => onChoose(operation.id)}
    >
      <Columns operation={operation} lead={null}>
        <span className="log-kind">{wordOf(words.operationKinds, operation.kind)}</span>
        <span className="log-summary" lang="en">
          {nameOf(operation)}
        </span>
        {operation.breakingChanges.length > 0 ? <Breaking /> : null}
        {operation.semVerBump === null ? null : (
          <span className="log-bump">{wordOf(words.bumps, operation.semVerBump)}</span>
        )}
      </Columns>
    </button>
  );
}

function Columns(props: {
  readonly operation: OperationValue;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}) {
  const times = useTimes();
  const at = Date.parse(props.operation.at);
  return (
    <>
      <span className="log-lead">{props.lead}</span>
      <time className="log-time" dateTime={props.operation.at} title={times.full(at)}>
        {times.clock(at)}
      </time>
      <ActorName actor={props.operation.actor} />
      <span className="log-what">{props.children}</span>
    </>
  );
}

function Breaking() {
  const { history } = useWords();
  return (
    <span className="log-breaking">
      <span aria-hidden="true">{"! "}</span>
      {history.breaking}
    </span>
  );
}
