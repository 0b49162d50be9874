import type { DriftState } from "../api/artifact-list.ts";
import { useWords } from "../words/use-words.tsx";
import "./drift-sign.css";

const signs: Readonly<Record<DriftState, string>> = {
  "in-sync": "✓",
  behind: "↓",
  ahead: "↑",
  diverged: "⇅",
  missing: "+",
  extra: "?",
  blocked: "⊘",
  unsupported: "–",
  native: "=",
};

/** The state of a copy as sign and word, never by colour alone; `of` names the copies. */
export function DriftSign({ state, of }: { readonly state: DriftState; readonly of?: string }) {
  const words = useWords();
  return (
    <span className="drift" data-state={state}>
      <span aria-hidden="true" className="drift-sign">
        {signs[state]}
      </span>
      {of === undefined ? null : <span className="drift-of">{of}</span>}
      <span className="drift-word">{words.drift[state]}</span>
    </span>
  );
}
