import { useCallback, useMemo, useState } from "react";
import { type ErrorSlots, slotsOf } from "../../api/api-error.ts";
import { type ArtifactAddress, editorPath } from "../../api/artifact-address.ts";
import { useLoaded } from "../../api/loaded.ts";
import { readArtifactAt, readChangesSince, restoreArtifact } from "../../api/operations.ts";
import { Button } from "../../design/button.tsx";
import { ErrorState, LoadingState } from "../../design/states.tsx";
import { Tabs } from "../../design/tabs.tsx";
import { goTo } from "../../shell/router.ts";
import { useWords } from "../../words/use-words.tsx";
import { Blame } from "../blame/blame.tsx";
import { HunkList } from "../detail/hunk-list.tsx";
import { useTellOutcome } from "../tell-outcome.ts";
import "./past.css";

/** An artifact as it was after an operation, to look at and to bring back. */
export default function PastArtifact({ kind, name, at }: ArtifactAddress & { readonly at: string }) {
  const words = useWords();
  const address = useMemo((): ArtifactAddress => ({ kind, name }), [kind, name]);
  const { history, shell } = words;
  const tell = useTellOutcome();
  const [failed, setFailed] = useState<ErrorSlots>();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const [artifact, since] = await Promise.all([
        readArtifactAt(address, at, signal),
        readChangesSince(address, at, signal),
      ]);
      return { artifact, since };
    },
    [address, at],
  );
  const { value, error, reload } = useLoaded(load);
  if (value === undefined) {
    if (error !== undefined) return <ErrorState error={slotsOf(error, shell)} onRetry={reload} />;
    return <LoadingState rows={16} />;
  }
  const { artifact, since } = value;
  const restore = async () => {
    try {
      tell(await restoreArtifact(address, at), history.restored({ name: address.name }));
      goTo(editorPath(address));
    } catch (thrown) {
      setFailed(slotsOf(thrown, shell));
    }
  };
  return (
    <div className="past">
      <div className="past-head">
        <h1>
          <span className="past-kind">{words.kinds[address.kind]}</span> <bdi>{address.name}</bdi>
        </h1>
        <Button tone="main" onClick={() => void restore()}>
          {history.restore({ name: address.name })}
        </Button>
      </div>
      {failed === undefined ? null : <ErrorState error={failed} />}
      <Tabs
        name={history.detail}
        tabs={[
          {
            key: "text",
            label: history.readOnly,
            content:
              artifact.content === null ? (
                <p className="past-none">{history.noMain}</p>
              ) : (
                <pre className="past-text">{artifact.content}</pre>
              ),
          },
          { key: "since", label: history.sinceThen, content: <HunkList files={since} /> },
          { key: "blame", label: history.blame, content: <Blame address={address} at={at} /> },
        ]}
      />
    </div>
  );
}
