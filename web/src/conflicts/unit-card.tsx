import { useId } from "react";
import type { ConflictUnitValue } from "../../../src/http/schemas/conflict.ts";
import { MarkedText } from "../editor/settling/marked-text.tsx";
import { useWords } from "../words/use-words.tsx";

export const unitSides = ["yours", "theirs", "both"] as const;
export type UnitSide = (typeof unitSides)[number];

/** One spot: what stood there before, both sides by who wrote them, and both. */
export function UnitCard(props: {
  readonly unit: ConflictUnitValue;
  readonly all: number;
  readonly names: { readonly yours: string; readonly theirs: string };
  readonly choice: UnitSide | undefined;
  readonly onChoose: (side: UnitSide) => void;
}) {
  const { unit, all, names, choice, onChoose } = props;
  const { settling } = useWords();
  const id = useId();
  const before = unit.base ?? "";
  return (
    <fieldset className="unit">
      <legend>{settling.cardTitle({ number: unit.number, all, where: unit.where })}</legend>
      {unit.mark === "security" ? <p className="conflict-moved">{settling.security}</p> : null}
      <div className="unit-before">
        <span className="unit-name">{settling.before}</span>
        {unit.base === null ? <em>{settling.nothingThere}</em> : <pre className="marked">{unit.base}</pre>}
      </div>
      {unitSides.map((side) => (
        <label key={side} className="unit-side" data-side={side}>
          <input type="radio" name={id} checked={choice === side} onChange={() => onChoose(side)} />
          <span className="unit-name">{side === "both" ? settling.both : <bdi>{names[side]}</bdi>}</span>
          {side === "both" ? (
            <small>{settling.bothDetail}</small>
          ) : unit[side] === null ? (
            <em>{settling.nothingThere}</em>
          ) : (
            <MarkedText before={before} after={unit[side] ?? ""} />
          )}
        </label>
      ))}
    </fieldset>
  );
}
