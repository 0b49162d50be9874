import { useCallback } from "react";
import { useLoaded } from "../../api/loaded.ts";
import { readOperation } from "../../api/operations.ts";
import { Link } from "../../shell/link.tsx";
import { useTimes, useWords } from "../../words/use-words.tsx";
import "./past.css";

/** Says that one looks at an earlier state, since when, and the way back. `here` is the same place now. */
export function PastBanner({ at, here }: { readonly at: string; readonly here: string }) {
  const { history } = useWords();
  const times = useTimes();
  const load = useCallback((signal: AbortSignal) => readOperation(at, signal), [at]);
  const { value } = useLoaded(load);
  const time = value === undefined ? "…" : times.full(Date.parse(value.operation.at));
  return (
    <div className="past-banner" role="status">
      <span>{history.viewing({ time })}</span>
      <Link href={`/?at=${encodeURIComponent(at)}`}>{history.artifactsThen}</Link>
      <Link className="button" href={here}>
        {history.backToNow}
      </Link>
    </div>
  );
}
