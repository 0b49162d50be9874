import type { PlanRow } from "../api/sync.ts";
import { useWords } from "../words/use-words.tsx";
import { type PlanPart, withTicks } from "./plan-ticks.ts";

const signs: Readonly<Record<PlanRow["action"], string>> = {
  create: "+",
  change: "~",
  delete: "−",
  take: "←",
  merge: "⇄",
  ask: "?",
};

/** The rows of a plan under one heading, each to tick. */
export function PlanRows(props: {
  readonly part: PlanPart;
  readonly ticks: ReadonlySet<string>;
  readonly onTicks: (ticks: ReadonlySet<string>) => void;
}) {
  const { part, ticks, onTicks } = props;
  const { plan } = useWords();
  const title = part.isDeletes ? plan.deletes({ target: part.target }) : part.target;
  return (
    <fieldset className="plan-part" data-deletes={part.isDeletes ? "" : undefined}>
      <legend>
        <bdi>{title}</bdi> <span className="plan-count">{plan.counted({ count: part.rows.length })}</span>
      </legend>
      <ul>
        {part.rows.map((row) => (
          <li key={row.id}>
            <label className="plan-row">
              <input
                type="checkbox"
                checked={ticks.has(row.id)}
                onChange={(event) => onTicks(withTicks(ticks, [row], event.target.checked))}
              />
              <Row row={row} />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Row({ row }: { readonly row: PlanRow }) {
  const words = useWords();
  const { action, name, reason, files, dropped } = row;
  return (
    <>
      <span className="plan-action" data-action={action}>
        <span className="plan-sign" aria-hidden="true">
          {signs[action]}
        </span>
        {words.planActions[action]}
      </span>
      <span className="plan-what">
        <bdi>{name}</bdi>
      </span>
      <span className="plan-reason" lang="en">
        {reason}
      </span>
      <span className="plan-files">
        {files.map(({ place, path }) => (
          <code key={`${place} ${path}`}>{path}</code>
        ))}
        {(dropped ?? []).map(({ field, why }) => (
          <span key={field} className="plan-dropped" lang="en">
            <code>{field}</code> {why}
          </span>
        ))}
      </span>
    </>
  );
}
