import { memo, useCallback, useDeferredValue, useMemo, useState } from "react";
import type { ArtifactItem } from "../../../src/http/schemas/artifact.ts";
import { slotsOf } from "../api/api-error.ts";
import { loadArtifactList } from "../api/artifact-list.ts";
import { useLive } from "../api/live/use-live.ts";
import { useLoaded } from "../api/loaded.ts";
import { Button } from "../design/button.tsx";
import { EmptyState, ErrorState, LoadingState } from "../design/states.tsx";
import { VirtualRows } from "../design/virtual-rows.tsx";
import { useWords } from "../words/use-words.tsx";
import { ArtifactRow } from "./artifact-row.tsx";
import { filterArtifacts, searchable } from "./filter-artifacts.ts";
import "./list.css";

const rowHeight = 36;

/** Every artifact with how its copies stand; with `at` as they were then, where copies are not known. */
export function ListPage({ at }: { readonly at?: string | undefined }) {
  const words = useWords();
  const [part, setPart] = useState<readonly ArtifactItem[]>([]);
  const load = useCallback((signal: AbortSignal) => loadArtifactList(signal, setPart, at), [at]);
  const { value, error, reload } = useLoaded(load);
  useLive((message) => {
    if (message.type === "operation" || message.type === "gap") reload();
  });
  const artifacts = value ?? (part.length > 0 ? part : undefined);
  if (artifacts === undefined) {
    if (error !== undefined) return <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />;
    return <LoadingState rows={16} />;
  }
  if (artifacts.length === 0) {
    const title = at === undefined ? words.list.empty : words.history.pastEmpty;
    return <EmptyState level={1} title={title} text={words.list.emptyText} />;
  }
  return <FilteredList artifacts={artifacts} at={at} />;
}

function FilteredList(props: {
  readonly artifacts: readonly ArtifactItem[];
  readonly at: string | undefined;
}) {
  const { artifacts, at } = props;
  const words = useWords();
  const [filter, setFilter] = useState("");
  // The box shows each key at once; the rows follow when there is time.
  const applied = useDeferredValue(filter);
  const rows = useMemo(
    () =>
      searchable(artifacts, ({ kind, targets }) => [
        words.kinds[kind],
        ...targets.map(({ state }) => words.drift[state]),
      ]),
    [artifacts, words],
  );
  const shown = useMemo(() => filterArtifacts(rows, applied), [rows, applied]);
  return (
    <div className="list">
      <div className="list-head">
        <h1>{words.list.title}</h1>
        <input
          type="search"
          className="field list-filter"
          aria-label={words.list.filter}
          placeholder={words.list.filter}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <p className="list-count" role="status">
          {words.list.counted({ shown: shown.length, all: artifacts.length })}
        </p>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title={words.list.nothingFits}
          text={words.list.counted({ shown: 0, all: artifacts.length })}
        >
          <Button onClick={() => setFilter("")}>{words.list.clearFilter}</Button>
        </EmptyState>
      ) : (
        <ShownRows name={words.list.title} rows={shown} at={at} />
      )}
    </div>
  );
}

/** Apart, so that a key in the filter draws the box and nothing else; the rows are drawn when they are others. */
const ShownRows = memo(function ShownRows(props: {
  readonly name: string;
  readonly rows: readonly ArtifactItem[];
  readonly at: string | undefined;
}) {
  const { at, ...shown } = props;
  const draw = (artifact: ArtifactItem) => <ArtifactRow artifact={artifact} at={at} />;
  return <VirtualRows className="list-rows" rowHeight={rowHeight} keyOf={keyOf} draw={draw} {...shown} />;
});

function keyOf({ kind, name }: ArtifactItem): string {
  return `${kind}/${name}`;
}
