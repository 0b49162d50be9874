import { useCallback, useDeferredValue, useMemo, useState } from "react";
import type { ArtifactItem } from "../../../src/http/schemas/artifact.ts";
import { slotsOf } from "../api/api-error.ts";
import { type DriftState, loadArtifactList } from "../api/artifact-list.ts";
import { useLive } from "../api/live/use-live.ts";
import { useLoaded } from "../api/loaded.ts";
import { Button } from "../design/button.tsx";
import { DriftSign } from "../design/drift-sign.tsx";
import { EmptyState, ErrorState, LoadingState } from "../design/states.tsx";
import { Link } from "../shell/link.tsx";
import { useWords } from "../words/use-words.tsx";
import { CopyPanel } from "./copy-panel.tsx";
import { countStates, filterMatrix, type MatrixRow, matrixOf } from "./matrix.ts";
import { TargetMatrix } from "./target-matrix.tsx";
import "../list/list.css";
import "./targets.css";

/** How every copy of every artifact stands. */
export default function TargetsPage() {
  const words = useWords();
  const [part, setPart] = useState<readonly ArtifactItem[]>([]);
  const load = useCallback((signal: AbortSignal) => loadArtifactList(signal, setPart), []);
  const { value, error, reload } = useLoaded(load);
  useLive((message) => {
    if (message.type !== "health") reload();
  });
  const artifacts = value ?? (part.length > 0 ? part : undefined);
  if (artifacts === undefined) {
    if (error !== undefined) return <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />;
    return <LoadingState rows={16} />;
  }
  if (artifacts.every(({ targets }) => targets.length === 0)) {
    return <EmptyState level={1} title={words.targets.empty} text={words.targets.emptyText} />;
  }
  return <Copies artifacts={artifacts} onDone={reload} />;
}

interface Opened {
  readonly key: string;
  readonly target: string;
}

function Copies(props: { readonly artifacts: readonly ArtifactItem[]; readonly onDone: () => void }) {
  const { artifacts, onDone } = props;
  const words = useWords();
  const [text, setText] = useState("");
  const [state, setState] = useState<DriftState | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const applied = useDeferredValue(text);
  const matrix = useMemo(() => matrixOf(artifacts), [artifacts]);
  const counts = useMemo(() => countStates(matrix.rows), [matrix]);
  const shown = useMemo(() => filterMatrix(matrix.rows, applied, state), [matrix, applied, state]);
  const open = useCallback(
    (row: MatrixRow, column: number) =>
      setOpened({ key: keyOf(row.artifact), target: matrix.targets[column] ?? "" }),
    [matrix],
  );
  const artifact = artifacts.find((one) => keyOf(one) === opened?.key);
  const copy = artifact?.targets.find(({ target }) => target === opened?.target);
  return (
    <div className="targets">
      <div className="list-head">
        <h1>{words.targets.title}</h1>
        <input
          type="search"
          className="field list-filter"
          aria-label={words.targets.filter}
          placeholder={words.targets.filter}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <StateFilters counts={counts} chosen={state} onChoose={setState} />
        <Link className="button list-count" href="/plan">
          {words.targets.toPlan}
        </Link>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title={words.list.nothingFits}
          text={words.list.counted({ shown: 0, all: artifacts.length })}
        >
          <Button
            onClick={() => {
              setText("");
              setState(null);
            }}
          >
            {words.list.clearFilter}
          </Button>
        </EmptyState>
      ) : (
        <div className="targets-body" data-open={copy === undefined ? undefined : ""}>
          <TargetMatrix targets={matrix.targets} rows={shown} onOpen={open} />
          {artifact === undefined || copy === undefined ? null : (
            <CopyPanel
              key={`${opened?.key} ${opened?.target}`}
              artifact={artifact}
              copy={copy}
              onClose={() => setOpened(null)}
              onDone={onDone}
            />
          )}
        </div>
      )}
    </div>
  );
}

function keyOf({ kind, name }: ArtifactItem): string {
  return `${kind}/${name}`;
}

function StateFilters(props: {
  readonly counts: ReadonlyMap<DriftState, number>;
  readonly chosen: DriftState | null;
  readonly onChoose: (state: DriftState | null) => void;
}) {
  const { counts, chosen, onChoose } = props;
  const { targets } = useWords();
  return (
    <fieldset className="targets-states" aria-label={targets.states}>
      {[...counts].map(([state, count]) => (
        <button
          key={state}
          type="button"
          className="targets-state"
          aria-pressed={state === chosen}
          onClick={() => onChoose(state === chosen ? null : state)}
        >
          <DriftSign state={state} of={String(count)} />
        </button>
      ))}
    </fieldset>
  );
}
