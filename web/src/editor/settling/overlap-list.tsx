import { useEffect, useRef } from "react";
import type { UnitChoice } from "../../../../src/domain/conflicts.ts";
import { EmptyState } from "../../design/states.tsx";
import { useWords } from "../../words/use-words.tsx";
import type { MergeOutlook, MergePiece } from "../merging/merge-job.ts";
import { OverlapCard } from "./overlap-card.tsx";

interface OverlapListProps {
  readonly outlook: MergeOutlook;
  readonly choices: ReadonlyMap<string, UnitChoice>;
  readonly theirs: string;
  readonly onChoose: (key: string, choice: UnitChoice) => void;
}

/** The text as it will be, folded away, and between it a card for each spot that is asked. */
export function OverlapList({ outlook, choices, theirs, onChoose }: OverlapListProps) {
  const { settling } = useWords();
  const room = useRef<HTMLDivElement>(null);
  const units = outlook.pieces.flatMap((piece) => (piece.type === "unit" ? [piece.unit] : []));
  // The first card has the focus when the cards come: the keyboard is where the question is.
  useEffect(() => room.current?.querySelector<HTMLElement>(".card-title")?.focus(), []);
  if (units.length === 0) return <EmptyState title={settling.nothingOpen} text="" />;
  return (
    <div ref={room} className="cards">
      {keyed(outlook.pieces).map(({ key, piece }) => {
        if (piece.type === "text") return <FoldedText key={key} text={piece.text} />;
        const { unit } = piece;
        return (
          <OverlapCard
            key={key}
            unit={unit}
            number={units.indexOf(unit) + 1}
            all={units.length}
            choice={choices.get(unit.key)}
            theirs={theirs}
            onChoose={(choice) => onChoose(unit.key, choice)}
          />
        );
      })}
    </div>
  );
}

/** A unit by its own key, the text between two of them by that of the one before. */
function keyed(
  pieces: readonly MergePiece[],
): readonly { readonly key: string; readonly piece: MergePiece }[] {
  let before = "";
  return pieces.map((piece) => {
    if (piece.type === "text") return { key: `after ${before}`, piece };
    before = piece.unit.key;
    return { key: before, piece };
  });
}

function FoldedText({ text }: { readonly text: string }) {
  const { settling } = useWords();
  return (
    <details className="folded">
      <summary>{settling.untouched({ lines: text.replace(/^\n|\n$/g, "").split("\n").length })}</summary>
      <pre>{text}</pre>
    </details>
  );
}

/** F7 and Shift+F7 step between the cards, as the keys of a diff do in editors. */
export function useCardKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "F7") return;
      event.preventDefault();
      stepToCard(document, event.shiftKey ? "previous" : "next");
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

/** Moves the focus to the title of the next or previous card, round at the ends. */
export function stepToCard(room: ParentNode, way: "previous" | "next"): void {
  const titles = [...room.querySelectorAll<HTMLElement>(".card-title")];
  const here = titles.findIndex((title) => title.parentElement?.contains(document.activeElement) === true);
  const step = way === "next" ? 1 : -1;
  const at = here < 0 && way === "previous" ? 0 : here;
  titles.at((at + step + titles.length) % Math.max(1, titles.length))?.focus();
}
