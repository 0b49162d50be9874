import { useCallback, useEffect, useRef, useState } from "react";
import { type ErrorSlots, slotsOf } from "../api/api-error.ts";
import { editorPath } from "../api/artifact-address.ts";
import { type ConflictItem, readConflict, settleConflict } from "../api/conflicts.ts";
import { useLoaded } from "../api/loaded.ts";
import { Button } from "../design/button.tsx";
import { ErrorState, LoadingState } from "../design/states.tsx";
import { artifactsOf } from "../history/artifacts-of.ts";
import { useTellOutcome } from "../history/tell-outcome.ts";
import { Link } from "../shell/link.tsx";
import { useWords } from "../words/use-words.tsx";
import { UnitCard, type UnitSide } from "./unit-card.tsx";

/** The spots of a stored conflict. Nothing is chosen before somebody chooses; what is chosen is kept spot by spot. */
export function ConflictDetail(props: { readonly conflict: ConflictItem; readonly onSettled: () => void }) {
  const { conflict, onSettled } = props;
  const words = useWords();
  const tell = useTellOutcome();
  const heading = useRef<HTMLHeadingElement>(null);
  const { id, artifact, path, yours, theirs } = conflict;
  const load = useCallback((signal: AbortSignal) => readConflict(id, signal), [id]);
  const { value, error, reload } = useLoaded(load);
  const [choices, setChoices] = useState<ReadonlyMap<number, UnitSide>>(() => new Map());
  const [failed, setFailed] = useState<ErrorSlots>();
  useEffect(() => heading.current?.focus(), []);
  if (value === undefined) {
    if (error !== undefined) return <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />;
    return <LoadingState rows={4} />;
  }
  const { units } = value;
  const done = units.filter(({ number, choice }) => choice !== null || choices.has(number)).length;
  const settle = async () => {
    setFailed(undefined);
    try {
      const chosen = [...choices].map(([number, choice]) => ({ number, choice }));
      const body = units.length === 0 ? ({ itself: true } as const) : { units: chosen };
      tell(await settleConflict(id, body), words.conflicts.settled);
      onSettled();
    } catch (thrown) {
      setFailed(slotsOf(thrown, words.shell));
    }
  };
  const [address] = artifactsOf({ changes: [{ collection: "", path, before: null, after: null }] });
  return (
    <article className="conflict">
      <h2 ref={heading} tabIndex={-1} className="detail-title">
        <bdi>{artifact ?? path}</bdi>
      </h2>
      <p className="conflict-who">
        <code>{path}</code>
      </p>
      {value.hasMovedOn ? <p className="conflict-moved">{words.conflicts.movedOn}</p> : null}
      {units.map((unit) => (
        <UnitCard
          key={unit.number}
          unit={unit}
          all={units.length}
          names={{ yours: yours.actor.name, theirs: theirs.actor.name }}
          choice={
            choices.get(unit.number) ?? (unit.choice === "text" ? undefined : (unit.choice ?? undefined))
          }
          onChoose={(side) => setChoices((before) => new Map(before).set(unit.number, side))}
        />
      ))}
      {failed === undefined ? null : <ErrorState error={failed} />}
      <div className="conflict-foot">
        <Button tone="main" disabled={units.length > 0 && choices.size === 0} onClick={() => void settle()}>
          {done < units.length ? words.conflicts.keepChoices : words.conflicts.settle}
        </Button>
        <span className="plan-note" role="status">
          {words.settling.settled({ done, all: units.length })}
        </span>
        {address === undefined ? null : <Link href={editorPath(address)}>{words.conflicts.openEditor}</Link>}
      </div>
    </article>
  );
}
