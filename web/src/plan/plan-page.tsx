import { useCallback, useState } from "react";
import { type ErrorSlots, slotsOf } from "../api/api-error.ts";
import { useLoaded } from "../api/loaded.ts";
import { type ApplyOutcome, applyPlan, makePlan, type PlanValue } from "../api/sync.ts";
import { Button } from "../design/button.tsx";
import { EmptyState, ErrorState, LoadingState } from "../design/states.tsx";
import { useTellOutcome } from "../history/tell-outcome.ts";
import { useWords } from "../words/use-words.tsx";
import { PlanRows } from "./plan-rows.tsx";
import { initialTicks, planParts } from "./plan-ticks.ts";
import "./plan.css";

/** Everything that a sync would write, before anything is written. */
export default function PlanPage() {
  const words = useWords();
  const load = useCallback((signal: AbortSignal) => makePlan(signal), []);
  const { value, error, reload } = useLoaded(load);
  const [moved, setMoved] = useState<ApplyOutcome["moved"]>([]);
  if (value === undefined) {
    if (error !== undefined) return <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />;
    return <LoadingState />;
  }
  return (
    <div className="plan">
      <h1>{words.plan.title}</h1>
      <MovedRows moved={moved} />
      {value.rows.length === 0 ? (
        <EmptyState title={words.plan.empty} text={words.plan.emptyText}>
          <Button onClick={reload}>{words.plan.again}</Button>
        </EmptyState>
      ) : (
        <Planned
          key={value.plan ?? "unkept"}
          plan={value}
          onApplied={(outcome) => {
            setMoved(outcome.moved);
            reload();
          }}
          onAgain={reload}
        />
      )}
      <LeftRows left={value.left} />
    </div>
  );
}

function Planned(props: {
  readonly plan: PlanValue;
  readonly onApplied: (outcome: ApplyOutcome) => void;
  readonly onAgain: () => void;
}) {
  const { plan, onApplied, onAgain } = props;
  const words = useWords();
  const tell = useTellOutcome();
  const [ticks, setTicks] = useState(() => initialTicks(plan.rows));
  const [failed, setFailed] = useState<ErrorSlots>();
  const [isBusy, setBusy] = useState(false);
  const apply = async () => {
    if (plan.plan === null) return;
    setBusy(true);
    setFailed(undefined);
    try {
      const outcome = await applyPlan(plan.plan, [...ticks]);
      tell(outcome, words.plan.applied({ count: outcome.done.length }));
      onApplied(outcome);
    } catch (thrown) {
      setFailed(slotsOf(thrown, words.shell));
    }
    setBusy(false);
  };
  return (
    <>
      {planParts(plan.rows).map((part) => (
        <PlanRows key={part.key} part={part} ticks={ticks} onTicks={setTicks} />
      ))}
      {failed === undefined ? null : <ErrorState error={failed} />}
      <div className="plan-foot">
        <Button
          tone="main"
          disabled={isBusy || ticks.size === 0 || plan.plan === null}
          onClick={() => void apply()}
        >
          {words.plan.apply({ count: ticks.size })}
        </Button>
        <Button onClick={onAgain}>{words.plan.again}</Button>
        <span className="plan-note">{words.plan.valid}</span>
      </div>
    </>
  );
}

/** Rows that were not done because a file of theirs is another by now, and what becomes of them. */
function MovedRows({ moved }: { readonly moved: ApplyOutcome["moved"] }) {
  const { plan } = useWords();
  if (moved.length === 0) return null;
  return (
    <section className="plan-moved" role="status">
      <h2>{plan.moved({ count: moved.length })}</h2>
      <ul>
        {moved.map(({ row, now }) => (
          <li key={row.id}>
            <bdi>{row.name}</bdi>
            {" · "}
            <bdi>{row.target}</bdi>
            {": "}
            {now === null ? plan.movedAway : <span lang="en">{now.reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function LeftRows({ left }: { readonly left: PlanValue["left"] }) {
  const { plan } = useWords();
  if (left.length === 0) return null;
  return (
    <section className="plan-left">
      <h2>{plan.left}</h2>
      <ul lang="en">
        {left.map(({ what, reason }) => (
          <li key={`${what} ${reason}`}>
            <span className="plan-what">{what}</span> <span className="plan-reason">{reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
