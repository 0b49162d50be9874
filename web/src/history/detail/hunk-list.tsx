import { useEffect, useMemo, useRef } from "react";
import type { FileDiffValue } from "../../api/operations.ts";
import { MarkedText } from "../../editor/settling/marked-text.tsx";
import { useWords } from "../../words/use-words.tsx";
import { patchHunks } from "./patch-hunks.ts";
import "./detail.css";

/** What differs, stretch by stretch and word by word. F7 and Shift+F7 step, as they do in the editor. */
export function HunkList({ files }: { readonly files: readonly FileDiffValue[] }) {
  const { history } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => files.map((file) => ({ file, hunks: patchHunks(file.patch) })), [files]);
  const all = shown.reduce((sum, { hunks }) => sum + hunks.length, 0);
  useEffect(() => {
    const step = (event: KeyboardEvent) => {
      if (event.key !== "F7" || box.current === null) return;
      event.preventDefault();
      stepTo(box.current, event.shiftKey ? -1 : 1);
    };
    addEventListener("keydown", step);
    return () => removeEventListener("keydown", step);
  }, []);
  let number = 0;
  return (
    <div ref={box} className="hunks">
      {all > 1 ? <p className="hunks-hint">{history.steps}</p> : null}
      {shown.map(({ file, hunks }) => (
        <section key={file.path} className="hunks-file" aria-label={file.path}>
          <h3>
            <code>{file.path}</code>
          </h3>
          {hunks.length === 0 ? (
            <p className="hunks-none">{file.binary ? history.binary : history.noText}</p>
          ) : null}
          {hunks.map(({ line, before, after }) => {
            number += 1;
            return (
              <section
                key={line}
                className="hunk"
                tabIndex={-1}
                data-stretch=""
                aria-label={history.stretch({ number, all, path: file.path })}
              >
                <span className="hunk-line">{history.line({ line })}</span>
                <MarkedText before={before} after={after} />
              </section>
            );
          })}
        </section>
      ))}
    </div>
  );
}

function stepTo(box: HTMLElement, by: 1 | -1): void {
  const stretches = [...box.querySelectorAll<HTMLElement>("[data-stretch]")];
  const present = stretches.findIndex((one) => one.matches(":focus"));
  const next = present === -1 ? (by === 1 ? 0 : stretches.length - 1) : present + by;
  stretches[(next + stretches.length) % stretches.length]?.focus();
}
