import { useCallback, useMemo } from "react";
import { slotsOf } from "../../api/api-error.ts";
import type { ArtifactAddress } from "../../api/artifact-address.ts";
import { type BlameValue, readBlame } from "../../api/blame.ts";
import { useLoaded } from "../../api/loaded.ts";
import { ErrorState, LoadingState } from "../../design/states.tsx";
import { useTimes, useWords } from "../../words/use-words.tsx";
import { ActorName } from "../log/actor-name.tsx";
import { blameRuns } from "./blame-runs.ts";
import "./blame.css";

/** Who wrote what stands there: the shares of people, agents and the unknown, and each stretch with its writer. */
export function Blame({ address, at }: { readonly address: ArtifactAddress; readonly at?: string }) {
  const words = useWords();
  const load = useCallback((signal: AbortSignal) => readBlame(address, at, signal), [address, at]);
  const { value, error, reload } = useLoaded(load);
  if (value === undefined) {
    if (error !== undefined) return <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />;
    return <LoadingState />;
  }
  return (
    <div className="blame">
      <Shares shares={value.shares} />
      <Stretches lines={value.lines} />
    </div>
  );
}

const shareOrder = ["person", "agent", "unknown", "git"] as const;

function Shares({ shares }: { readonly shares: BlameValue["shares"] }) {
  const { history } = useWords();
  return (
    <figure className="shares">
      <div className="shares-bar" aria-hidden="true">
        {shareOrder.map((who) => (
          <span key={who} data-who={who} style={{ inlineSize: `${shares[who]}%` }} />
        ))}
      </div>
      <figcaption>{history.blameShares(shares)}</figcaption>
    </figure>
  );
}

function Stretches({ lines }: { readonly lines: BlameValue["lines"] }) {
  const { history } = useWords();
  const times = useTimes();
  const runs = useMemo(() => blameRuns(lines), [lines]);
  return (
    <table className="blame-table">
      <thead className="unseen">
        <tr>
          <th scope="col">{history.who}</th>
          <th scope="col">{history.blameLine}</th>
          <th scope="col">{history.blameText}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ actor, at, from, text }) => (
          <tr key={from} data-who={actor.kind}>
            <th scope="row">
              <ActorName actor={actor} />
              <time dateTime={at} title={times.full(Date.parse(at))}>
                {times.ago(Date.parse(at), Date.now())}
              </time>
            </th>
            <td className="blame-line">{from}</td>
            <td>
              <pre>{text}</pre>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
