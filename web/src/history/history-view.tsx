import { type ReactNode, useMemo, useState } from "react";
import { slotsOf } from "../api/api-error.ts";
import type { OperationFilter } from "../api/operations.ts";
import { Button } from "../design/button.tsx";
import { EmptyState, ErrorState, LoadingState } from "../design/states.tsx";
import { useWords } from "../words/use-words.tsx";
import { OperationDetail } from "./detail/operation-detail.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { type FilterToken, filterOf } from "./log/filter-tokens.ts";
import { groupOperations } from "./log/group-operations.ts";
import { LogView } from "./log/log-view.tsx";
import { useOperations } from "./log/use-operations.ts";
import { TimeSlider } from "./past/time-slider.tsx";
import "../design/side-back.css";
import "./history.css";

interface HistoryViewProps {
  readonly title: string;
  readonly tokens: readonly FilterToken[];
  readonly onTokens: (tokens: readonly FilterToken[]) => void;
  /** `skill/pdf` where only one artifact is meant. */
  readonly artifact?: string;
  /** Where the time slider stands; absent where there is none. */
  readonly slider?: { readonly at: string | null; readonly onMove: (at: string | null) => void };
  /** What stands beside the log until a change is chosen. */
  readonly aside?: ReactNode;
}

/** A log with its filter, and beside it what the chosen change did. */
export function HistoryView({ title, tokens, onTokens, artifact, slider, aside }: HistoryViewProps) {
  const words = useWords();
  const { history } = words;
  const filter = useMemo((): OperationFilter => {
    const wanted = filterOf(tokens, Date.now());
    return artifact === undefined ? wanted : { ...wanted, artifact };
  }, [tokens, artifact]);
  const { operations, isComplete, error, more, reload } = useOperations(filter);
  const groups = useMemo(() => groupOperations(operations ?? []), [operations]);
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = picked ?? slider?.at ?? null;
  if (operations === undefined) {
    if (error !== undefined) return <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />;
    return <LoadingState rows={16} />;
  }
  const isEmpty = operations.length === 0;
  return (
    <div className="history">
      <div className="history-head">
        <h1>{title}</h1>
        <FilterBar tokens={tokens} onChange={onTokens} />
        <p className="history-count" role="status">
          {history.counted({ count: operations.length, isAll: isComplete })}
        </p>
      </div>
      {slider === undefined || isEmpty ? null : (
        <TimeSlider
          groups={groups}
          at={slider.at}
          onMove={(at) => {
            setPicked(null);
            slider.onMove(at);
          }}
        />
      )}
      {error === undefined ? null : <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />}
      {isEmpty ? (
        <NothingHere isFiltered={tokens.length > 0} onClear={() => onTokens([])} />
      ) : (
        <div className="history-body" data-chosen={chosen === null ? undefined : ""}>
          <LogView
            operations={operations}
            groups={groups}
            chosen={chosen}
            onChoose={setPicked}
            onEnd={more}
          />
          <section className="history-side" aria-label={history.detail}>
            {chosen === null ? (
              (aside ?? <EmptyState title={history.choose} text={history.chooseText} />)
            ) : (
              <>
                <Button tone="quiet" className="side-back" onClick={() => setPicked(null)}>
                  {history.backToList}
                </Button>
                <OperationDetail
                  key={chosen}
                  id={chosen}
                  focus={picked !== null}
                  readOnly={slider !== undefined && slider.at !== null}
                />
              </>
            )}
          </section>
        </div>
      )}
    </div>
  );
}

function NothingHere({
  isFiltered,
  onClear,
}: {
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}) {
  const { history } = useWords();
  if (!isFiltered) return <EmptyState title={history.empty} text={history.emptyText} />;
  return (
    <EmptyState title={history.nothingFits} text={history.nothingFitsText}>
      <Button onClick={onClear}>{history.clearFilter}</Button>
    </EmptyState>
  );
}
