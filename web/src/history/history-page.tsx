import { useMemo } from "react";
import type { ArtifactAddress } from "../api/artifact-address.ts";
import { goTo, usePlace } from "../shell/router.ts";
import { useWords } from "../words/use-words.tsx";
import { Blame } from "./blame/blame.tsx";
import { HistoryView } from "./history-view.tsx";
import { formatTokens, parseTokens } from "./log/filter-tokens.ts";

/** The history of the whole store, or of one artifact with who wrote what stands in it. The filter is in the address. */
export default function HistoryPage({ artifact }: { readonly artifact: ArtifactAddress | undefined }) {
  const { history } = useWords();
  const { path, query } = usePlace();
  const [text, at] = [query.get("q") ?? "", query.get("at")];
  const [kind, name] = [artifact?.kind, artifact?.name];
  const address = useMemo(
    () => (kind === undefined || name === undefined ? undefined : { kind, name }),
    [kind, name],
  );
  const tokens = useMemo(() => parseTokens(text), [text]);
  const go = (q: string, point: string | null) => {
    const given = { ...(q === "" ? {} : { q }), ...(point === null ? {} : { at: point }) };
    const search = new URLSearchParams(given).toString();
    goTo(search === "" ? path : `${path}?${search}`, "replace");
  };
  const shared = {
    tokens,
    onTokens: (next: Parameters<typeof formatTokens>[0]) => go(formatTokens(next), at),
  };
  if (address === undefined) {
    return (
      <HistoryView {...shared} title={history.title} slider={{ at, onMove: (point) => go(text, point) }} />
    );
  }
  return (
    <HistoryView
      {...shared}
      title={history.of({ name: address.name })}
      artifact={`${address.kind.replace(/s$/, "")}/${address.name}`}
      aside={<Blame address={address} />}
    />
  );
}
