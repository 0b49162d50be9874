import { useMemo } from "react";
import { useWords } from "../../words/use-words.tsx";
import { wordDifference } from "./word-difference.ts";
import "./settling.css";

/** A text with what was added and removed against another: by sign, colour and, for those who listen, by word. */
export function MarkedText({ before, after }: { readonly before: string; readonly after: string }) {
  const { settling } = useWords();
  const parts = useMemo(() => wordDifference(before, after), [before, after]);
  return (
    <pre className="marked">
      {parts.map(({ mark, text }, index) => {
        const key = `${index}${mark}`;
        if (mark === "same") return <span key={key}>{text}</span>;
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
