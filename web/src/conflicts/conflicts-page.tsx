import { useCallback, useState } from "react";
import { slotsOf } from "../api/api-error.ts";
import { type ConflictItem, readConflicts } from "../api/conflicts.ts";
import { useLive } from "../api/live/use-live.ts";
import { useLoaded } from "../api/loaded.ts";
import { Button } from "../design/button.tsx";
import { EmptyState, ErrorState, LoadingState } from "../design/states.tsx";
import { useTimes, useWords } from "../words/use-words.tsx";
import { ConflictDetail } from "./conflict-detail.tsx";
import "../design/side-back.css";
import "./conflicts.css";

/** What waits for a person: one line for each, and its spots beside. */
export default function ConflictsPage() {
  const words = useWords();
  const load = useCallback((signal: AbortSignal) => readConflicts(signal), []);
  const { value, error, reload } = useLoaded(load);
  const [picked, setPicked] = useState<string | null>(null);
  useLive((message) => {
    if (message.type !== "health") reload();
  });
  if (value === undefined) {
    if (error !== undefined) return <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />;
    return <LoadingState />;
  }
  if (value.length === 0) {
    return <EmptyState level={1} title={words.conflicts.empty} text={words.conflicts.emptyText} />;
  }
  const chosen = value.find(({ id }) => id === picked);
  return (
    <div className="conflicts">
      <div className="list-head">
        <h1>{words.conflicts.title}</h1>
        <p className="list-count" role="status">
          {words.conflicts.counted({ count: value.length })}
        </p>
      </div>
      <div className="conflicts-body" data-chosen={chosen === undefined ? undefined : ""}>
        <ul className="conflicts-list" aria-label={words.conflicts.title}>
          {value.map((conflict) => (
            <li key={conflict.id}>
              <ConflictLine
                conflict={conflict}
                isChosen={conflict.id === picked}
                onChoose={() => setPicked(conflict.id)}
              />
            </li>
          ))}
        </ul>
        <section className="conflicts-side" aria-label={words.conflicts.detail}>
          {chosen === undefined ? (
            <EmptyState title={words.conflicts.choose} text={words.conflicts.chooseText} />
          ) : (
            <>
              <Button tone="quiet" className="side-back" onClick={() => setPicked(null)}>
                {words.history.backToList}
              </Button>
              <ConflictDetail key={chosen.id} conflict={chosen} onSettled={reload} />
            </>
          )}
        </section>
      </div>
    </div>
  );
}

function ConflictLine(props: {
  readonly conflict: ConflictItem;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const { conflict, isChosen, onChoose } = props;
  const { conflicts } = useWords();
  const times = useTimes();
  const { artifact, path, where, yours, theirs, openedAt } = conflict;
  const at = Date.parse(openedAt);
  return (
    <button
      type="button"
      className="conflict-line"
      aria-current={isChosen ? "true" : undefined}
      onClick={onChoose}
    >
      <span className="conflict-name">
        <bdi>{artifact ?? path}</bdi>
      </span>
      <time dateTime={openedAt} title={times.full(at)}>
        {times.short(at, Date.now())}
      </time>
      <span className="conflict-who">
        {conflicts.between({ one: yours.actor.name, other: theirs.actor.name })}
        {where.filter(Boolean).length === 0 ? null : ` · ${where.filter(Boolean).join(", ")}`}
      </span>
    </button>
  );
}
