import { useMemo } from "react";
import { useTimes, useWords } from "../../words/use-words.tsx";
import type { OperationGroup } from "../log/group-operations.ts";
import { pointOf, stepOf } from "./slider-steps.ts";
import "./past.css";

/** The whole store over time, a step for each group of changes; the last step is now. Looking changes nothing. */
export function TimeSlider(props: {
  readonly groups: readonly OperationGroup[];
  readonly at: string | null;
  readonly onMove: (at: string | null) => void;
}) {
  const { groups, at, onMove } = props;
  const { history } = useWords();
  const times = useTimes();
  const step = useMemo(() => stepOf(groups, at), [groups, at]);
  const newest = groups[groups.length - 1 - step]?.operations[0];
  const text =
    newest === undefined
      ? history.now
      : history.step({
          time: times.short(Date.parse(newest.at), Date.now()),
          actor: newest.actor.kind === "unknown" ? history.unknownWriter : newest.actor.name,
          summary: newest.summary,
        });
  return (
    <label className="slider">
      <span className="slider-name">{history.slider}</span>
      <input
        type="range"
        min={0}
        max={groups.length}
        step={1}
        value={step}
        aria-valuetext={text}
        onChange={(event) => onMove(pointOf(groups, Number(event.target.value)))}
      />
      <span className="slider-at" aria-hidden="true">
        {text}
      </span>
    </label>
  );
}
