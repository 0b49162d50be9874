import { useHealth } from "../api/live/use-live.ts";
import { useTimes, useWords } from "../words/use-words.tsx";

/** Says since when the page no longer follows what happens. Nothing is shown while it does. */
export function StaleBadge() {
  const words = useWords();
  const times = useTimes();
  const { connection, watcher, since } = useHealth();
  const isStale = connection === "down" || watcher === "down";
  const why = connection === "down" ? words.shell.connectionDown : words.shell.watcherDown;
  return (
    <div role="status">
      {isStale ? (
        <span className="stale" title={why}>
          {words.shell.asOf({ time: times.clock(since) })}
          <span className="unseen">{why}</span>
        </span>
      ) : null}
    </div>
  );
}
