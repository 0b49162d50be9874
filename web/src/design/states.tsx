import type { ReactNode } from "react";
import type { ErrorSlots } from "../api/api-error.ts";
import { useWords } from "../words/use-words.tsx";
import { Button } from "./button.tsx";
import "./states.css";

/** Nothing is there, why, and what to do about it. `level` is 1 where that is all of the screen. */
export function EmptyState(props: {
  readonly title: string;
  readonly text: string;
  readonly level?: 1 | 2;
  readonly children?: ReactNode;
}) {
  const Heading = props.level === 1 ? "h1" : "h2";
  return (
    <div className="state">
      <Heading className="state-title">{props.title}</Heading>
      <p>{props.text}</p>
      {props.children}
    </div>
  );
}

/** The shape of what is coming. */
export function LoadingState({ rows = 8 }: { readonly rows?: number }) {
  const words = useWords();
  return (
    <div className="skeleton" role="status">
      <span className="unseen">{words.shell.loading}</span>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="skeleton-row" />
      ))}
    </div>
  );
}

/** An error in place of a screen, with its five slots. What a server wrote is English, whatever the page speaks. */
export function ErrorState(props: { readonly error: ErrorSlots; readonly onRetry?: () => void }) {
  const words = useWords();
  const { what, where, why, kept, fixes, isOwn } = props.error;
  const language = isOwn ? undefined : "en";
  const slots = [
    [words.shell.errorWhere, where],
    [words.shell.errorWhy, why],
    [words.shell.errorKept, kept],
  ].filter(([, text]) => text !== "");
  return (
    <section className="error" role="alert">
      <h1 className="state-title" lang={language}>
        {what}
      </h1>
      <dl>
        {slots.map(([name, text]) => (
          <Slot key={name} name={name ?? ""}>
            <span lang={language}>{text}</span>
          </Slot>
        ))}
        {fixes.length === 0 ? null : (
          <Slot name={words.shell.errorFix}>
            <ul lang="en">
              {fixes.map(({ cmd, summary }) => (
                <li key={cmd}>
                  <code>{cmd}</code> {summary}
                </li>
              ))}
            </ul>
          </Slot>
        )}
      </dl>
      {props.onRetry === undefined ? null : <Button onClick={props.onRetry}>{words.shell.retry}</Button>}
    </section>
  );
}

function Slot(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}
