import { memo } from "react";
import type { ArtifactItem } from "../../../src/http/schemas/artifact.ts";
import { editorPath } from "../api/artifact-address.ts";
import type { DriftState } from "../api/artifact-list.ts";
import { DriftSign } from "../design/drift-sign.tsx";
import { pastPath } from "../history/past/past-path.ts";
import { Link } from "../shell/link.tsx";
import { useWords } from "../words/use-words.tsx";

/** States that ask for nothing are told by their number; the others name their targets, the worst first. */
const calm: readonly DriftState[] = ["in-sync", "native", "unsupported"];
const worstFirst: readonly DriftState[] = [
  "blocked",
  "diverged",
  "ahead",
  "behind",
  "missing",
  "extra",
  ...calm,
];

export const ArtifactRow = memo(function ArtifactRow(props: {
  readonly artifact: ArtifactItem;
  readonly at: string | undefined;
}) {
  const { artifact, at } = props;
  const words = useWords();
  const { kind, name, description, targets } = artifact;
  const byState = Map.groupBy(targets, ({ state }) => state);
  return (
    <div className="list-row">
      <Link className="list-name" href={at === undefined ? editorPath(artifact) : pastPath(artifact, at)}>
        <span className="list-kind">{words.kinds[kind]}</span>
        <bdi>{name}</bdi>
      </Link>
      <bdi className="list-about">{description}</bdi>
      <span className="list-drift">
        {targets.length === 0 && at === undefined ? (
          <span className="list-none">{words.list.noTargets}</span>
        ) : null}
        {worstFirst.map((state) => {
          const found = byState.get(state);
          if (found === undefined) return null;
          const of = calm.includes(state)
            ? String(found.length)
            : found.map(({ target }) => target).join(", ");
          return <DriftSign key={state} state={state} of={of} />;
        })}
      </span>
    </div>
  );
});
