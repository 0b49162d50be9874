import { type ReactNode, useCallback, useEffect, useRef } from "react";
import { slotsOf } from "../../api/api-error.ts";
import { useLoaded } from "../../api/loaded.ts";
import { type OperationValue, readOperation } from "../../api/operations.ts";
import { ErrorState, LoadingState } from "../../design/states.tsx";
import { Link } from "../../shell/link.tsx";
import { useTimes, useWords } from "../../words/use-words.tsx";
import { artifactsOf } from "../artifacts-of.ts";
import { ActorName } from "../log/actor-name.tsx";
import { pastPath } from "../past/past-path.ts";
import { wordOf } from "../word-of.ts";
import { DetailActions } from "./detail-actions.tsx";
import { HunkList } from "./hunk-list.tsx";
import "./detail.css";

/** One operation: who, when, how much it counts, what differs, and the ways to take it back. */
export function OperationDetail(props: {
  readonly id: string;
  readonly focus: boolean;
  /** In the past nothing is changed. */
  readonly readOnly: boolean;
}) {
  const { id, focus, readOnly } = props;
  const words = useWords();
  const load = useCallback((signal: AbortSignal) => readOperation(id, signal), [id]);
  const { value, error, reload } = useLoaded(load);
  const heading = useRef<HTMLHeadingElement>(null);
  const isThere = value !== undefined;
  useEffect(() => {
    if (isThere && focus) heading.current?.focus();
  }, [isThere, focus]);
  if (value === undefined) {
    if (error !== undefined) return <ErrorState error={slotsOf(error, words.shell)} onRetry={reload} />;
    return <LoadingState />;
  }
  const { operation, files } = value;
  return (
    <article className="detail">
      <h2 ref={heading} className="detail-title" tabIndex={-1} lang="en">
        {operation.summary || wordOf(words.operationKinds, operation.kind)}
      </h2>
      <Facts operation={operation} />
      {readOnly ? null : <DetailActions operation={operation} />}
      <h3 className="detail-part">{words.history.difference}</h3>
      <HunkList files={files} />
    </article>
  );
}

function Facts({ operation }: { readonly operation: OperationValue }) {
  const words = useWords();
  const times = useTimes();
  const { history } = words;
  const { actor, at, kind, message, reason, semVerBump, breakingChanges } = operation;
  const artifacts = artifactsOf(operation);
  const said = message ?? reason;
  const isBreaking = breakingChanges.length > 0;
  return (
    <dl className="facts">
      <Fact name={history.who}>
        <ActorName actor={actor} />{" "}
        <small>{actor.standing === "verified" ? history.verified : history.claimed}</small>
      </Fact>
      {actor.agentId === null ? null : <Fact name={history.agent}>{actor.agentId}</Fact>}
      {actor.modelId === null ? null : <Fact name={history.model}>{actor.modelId}</Fact>}
      {actor.session === null ? null : <Fact name={history.session}>{actor.session}</Fact>}
      <Fact name={history.when}>
        <time dateTime={at}>{times.full(Date.parse(at))}</time>
      </Fact>
      <Fact name={history.how}>{wordOf(words.operationKinds, kind)}</Fact>
      {said === null ? null : <Fact name={history.why}>{said}</Fact>}
      {semVerBump === null && !isBreaking ? null : (
        <Fact name={history.version}>
          {semVerBump === null ? "" : wordOf(words.bumps, semVerBump)}
          {isBreaking ? (
            <ul className="facts-breaking" lang="en">
              {breakingChanges.map((one) => (
                <li key={one}>
                  <span aria-hidden="true">{"! "}</span>
                  {one}
                </li>
              ))}
            </ul>
          ) : null}
        </Fact>
      )}
      {artifacts.length === 0 ? null : (
        <Fact name={history.what}>
          {artifacts.map((one) => (
            <Link
              key={`${one.kind}/${one.name}`}
              className="facts-artifact"
              href={pastPath(one, operation.id)}
            >
              {one.name}
            </Link>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
