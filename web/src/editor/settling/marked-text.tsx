import { useMemo } from "react";
import { useWords } from "../../words/use-words.tsx";
import { wordDifference } from "./word-difference.ts";
import "./settling.css";

/** A text with what was added and removed against another: by sign, colour and, for those who listen, by word. */
export function MarkedText(props: {
  readonly before: string;
  readonly after: string;
  readonly folds?: boolean;
}) {
  const { before, after, folds = false } = props;
  const { settling } = useWords();
  const parts = useMemo(() => wordDifference(before, after), [before, after]);
  return (
    <pre className="marked">
      {parts.map(({ mark, text }, index) => {
        const key = `${index}${mark}`;
        if (mark === "same") return <SameText key={key} text={text} folds={folds} />;
        const Mark = mark === "added" ? "ins" : "del";
        return (
          <Mark key={key}>
            <span className="unseen">{mark === "added" ? settling.added : settling.removed} </span>
            {text}
          </Mark>
        );
      })}
    </pre>
  );
}

/** How many lines are shown around what changed. */
const linesAround = 2;

/** A stretch that is the same; a long one is told by its number of lines. */
function SameText({ text, folds }: { readonly text: string; readonly folds: boolean }) {
  const { settling } = useWords();
  const lines = text.split("\n");
  const hidden = lines.length - 2 * linesAround;
  if (!folds || hidden < linesAround) return <span>{text}</span>;
  return (
    <span>
      {lines.slice(0, linesAround).join("\n")}
      <span className="marked-fold">{settling.untouched({ lines: hidden })}</span>
      {lines.slice(-linesAround).join("\n")}
    </span>
  );
}
