import { useCallback, useEffect, useRef, useState } from "react";
import type { ArtifactItem, TargetStateValue } from "../../../src/http/schemas/artifact.ts";
import { type ErrorSlots, slotsOf } from "../api/api-error.ts";
import type { DriftState } from "../api/artifact-list.ts";
import { useLoaded } from "../api/loaded.ts";
import { readTargetDifference, type SyncOutcome, syncCopy } from "../api/sync.ts";
import { Button } from "../design/button.tsx";
import { DriftSign } from "../design/drift-sign.tsx";
import { ErrorState, LoadingState } from "../design/states.tsx";
import { HunkList } from "../history/detail/hunk-list.tsx";
import { useTellOutcome } from "../history/tell-outcome.ts";
import { useWords } from "../words/use-words.tsx";
import { IgnoreForm } from "./ignore-form.tsx";

type Direction = "push" | "pull" | "both";

/** What can be done about a copy in a state: nothing where there is nothing to carry, or where a person decides. */
const ways: Readonly<Record<DriftState, readonly Direction[]>> = {
  "in-sync": [],
  behind: ["push"],
  ahead: ["pull"],
  diverged: ["both"],
  missing: ["push"],
  extra: [],
  blocked: [],
  unsupported: [],
  native: [],
};

const differing: ReadonlySet<DriftState> = new Set(["behind", "ahead", "diverged"]);

/** One copy: which side moved in one sentence, what differs, and what can be done. */
export function CopyPanel(props: {
  readonly artifact: ArtifactItem;
  readonly copy: TargetStateValue;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { artifact, copy, onClose, onDone } = props;
  const words = useWords();
  const { targets } = words;
  const tell = useTellOutcome();
  const heading = useRef<HTMLHeadingElement>(null);
  const [failed, setFailed] = useState<ErrorSlots>();
  const [left, setLeft] = useState<SyncOutcome["skipped"]>([]);
  const { kind, name } = artifact;
  const { target, state } = copy;
  const singular = `${kind.replace(/s$/, "")}/${name}`;
  const load = useCallback(
    (signal: AbortSignal) => readTargetDifference({ kind, name }, target, signal),
    [kind, name, target],
  );
  const { value, error, reload } = useLoaded(load);
  useEffect(() => heading.current?.focus(), []);
  const refresh = () => {
    reload();
    onDone();
  };
  const run = async (direction: Direction) => {
    setFailed(undefined);
    try {
      const outcome = await syncCopy(singular, target, direction);
      setLeft(outcome.skipped);
      if (outcome.operation !== null || outcome.conflicts.length > 0) {
        tell(outcome, targets.done({ name, target }));
      }
      refresh();
    } catch (thrown) {
      setFailed(slotsOf(thrown, words.shell));
    }
  };
  const labels: Readonly<Record<Direction, string>> = {
    push: targets.push({ target }),
    pull: targets.pull({ target }),
    both: targets.merge,
  };
  return (
    <section className="copy" aria-label={targets.panel({ name, target })}>
      <div className="copy-head">
        <h2 ref={heading} tabIndex={-1}>
          <bdi>{name}</bdi>
          {" · "}
          <bdi>{target}</bdi>
        </h2>
        <Button tone="quiet" aria-label={words.shell.close} onClick={onClose}>
          ×
        </Button>
      </div>
      <DriftSign state={state} />
      <p className="copy-says">{words.sides[state]}</p>
      <p className="copy-reason" lang="en">
        {copy.reason}
      </p>
      <div className="copy-actions">
        {ways[state].map((direction) => (
          <Button key={direction} tone="main" onClick={() => void run(direction)}>
            {labels[direction]}
          </Button>
        ))}
      </div>
      {differing.has(state) ? (
        <IgnoreForm
          artifact={singular}
          target={target}
          onDone={refresh}
          onFailed={(error) => setFailed(slotsOf(error, words.shell))}
        />
      ) : null}
      {failed === undefined ? null : <ErrorState error={failed} />}
      {left.map(({ what, reason }) => (
        <p key={what} className="copy-left" lang="en">
          {what}: {reason}
        </p>
      ))}
      {value === undefined && error === undefined ? <LoadingState rows={4} /> : null}
      {error === undefined ? null : <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />}
      {value === undefined ? null : <Difference files={value} />}
    </section>
  );
}

function Difference({ files }: { readonly files: Parameters<typeof HunkList>[0]["files"] }) {
  const { targets } = useWords();
  if (files.length === 0) return <p className="copy-reason">{targets.same}</p>;
  return (
    <>
      <h3 className="detail-part">{targets.difference}</h3>
      <HunkList files={files} />
    </>
  );
}
