import { useWords } from "../../words/use-words.tsx";
import type { TextProblem } from "../merging/find-problems.ts";

interface ChecksProps {
  readonly problems: readonly TextProblem[];
  readonly onLine: (line: number) => void;
}

const signs = { error: "✕", warning: "▲", note: "·" } as const;

/** What is to be said of the text as it stands. A problem with a line leads there. */
export function Checks({ problems, onLine }: ChecksProps) {
  const { editor, findings } = useWords();
  if (problems.length === 0) return <p className="rail-none">{editor.noProblems}</p>;
  return (
    <ul className="rail-list">
      {problems.map(({ code, severity, line, message }) => (
        <li key={`${code}${line}${message}`} className="problem" data-severity={severity}>
          <span className="rail-line">
            <span aria-hidden="true" className="problem-sign">
              {signs[severity]}
            </span>
            <span className="rail-actor">{findings[code]}</span>
            {line === null ? null : (
              <button type="button" className="problem-line" onClick={() => onLine(line)}>
                {editor.line({ line })}
              </button>
            )}
          </span>
          <span className="rail-soft" lang="en">
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}
