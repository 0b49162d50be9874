import { type ReactNode, useId, useState } from "react";
import type { UnitChoice } from "../../../../src/domain/conflicts.ts";
import type { MergeUnit } from "../../../../src/merge/merge-types.ts";
import { useWords } from "../../words/use-words.tsx";
import { MarkedText } from "./marked-text.tsx";

interface OverlapCardProps {
  readonly unit: MergeUnit;
  readonly number: number;
  readonly all: number;
  readonly choice: UnitChoice | undefined;
  /** How theirs is called: its actor and time. */
  readonly theirs: string;
  readonly onChoose: (choice: UnitChoice) => void;
}

/** One spot that two writers meant. Nothing is chosen before somebody chooses. */
export function OverlapCard({ unit, number, all, choice, theirs, onChoose }: OverlapCardProps) {
  const { settling } = useWords();
  const id = useId();
  const [written, setWritten] = useState<string | null>(null);
  const before = unit.base ?? "";
  const isWritten = typeof choice === "object";
  const start = written ?? (choice === "theirs" ? unit.theirs : unit.yours) ?? "";
  return (
    <section className="card" aria-labelledby={id} data-settled={choice !== undefined}>
      <h2 id={id} tabIndex={-1} className="card-title">
        {settling.cardTitle({ number, all, where: unit.where })}
      </h2>
      {unit.mark === "security" ? <p className="card-security">{settling.security}</p> : null}
      <div className="card-before">
        <span className="card-label">{settling.before}</span>
        <Side text={unit.base}>{unit.base === null ? null : <pre className="marked">{unit.base}</pre>}</Side>
      </div>
      <fieldset aria-labelledby={id}>
        <Option
          name={id}
          side="yours"
          label={settling.yours}
          isChosen={choice === "yours"}
          onChoose={() => onChoose("yours")}
        >
          <Side text={unit.yours}>
            <MarkedText before={before} after={unit.yours ?? ""} />
          </Side>
        </Option>
        <Option
          name={id}
          side="theirs"
          label={theirs}
          isChosen={choice === "theirs"}
          onChoose={() => onChoose("theirs")}
        >
          <Side text={unit.theirs}>
            <MarkedText before={before} after={unit.theirs ?? ""} />
          </Side>
        </Option>
        <Option
          name={id}
          label={settling.both}
          isChosen={choice === "both"}
          onChoose={() => onChoose("both")}
        >
          <span className="card-detail">{settling.bothDetail}</span>
        </Option>
        <Option
          name={id}
          label={settling.write}
          isChosen={isWritten}
          onChoose={() => onChoose({ text: start })}
        >
          {isWritten ? (
            <textarea
              className="field card-write"
              aria-label={settling.writeHere({ number })}
              rows={Math.min(12, choice.text.split("\n").length + 1)}
              value={choice.text}
              onChange={(event) => {
                setWritten(event.target.value);
                onChoose({ text: event.target.value });
              }}
            />
          ) : null}
        </Option>
      </fieldset>
    </section>
  );
}

function Side({ text, children }: { readonly text: string | null; readonly children: ReactNode }) {
  const { settling } = useWords();
  return text === null || text === "" ? <em className="card-detail">{settling.nothingThere}</em> : children;
}

interface OptionProps {
  readonly name: string;
  readonly label: string;
  readonly side?: "yours" | "theirs";
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Option({ name, label, side, isChosen, onChoose, children }: OptionProps) {
  return (
    <div className="card-option" data-side={side} data-chosen={isChosen}>
      <label>
        <input type="radio" name={name} checked={isChosen} onChange={onChoose} />
        <bdi>{label}</bdi>
      </label>
      <div className="card-content">{children}</div>
    </div>
  );
}
