import { useLayoutEffect, useRef } from "react";
import { textChange } from "./text-change.ts";

/** The text in the browser's own field, for those whom a richer one hinders. */
export function PlainEditor(props: {
  readonly name: string;
  readonly text: string;
  readonly onType: (text: string) => void;
}) {
  const { name, text, onType } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null || area.value === text) return;
    // Where the cursor was, counted through the lines that changed before it.
    const [start, end] = [area.selectionStart, area.selectionEnd].map((at) => mapped(at, area.value, text));
    const { scrollTop } = area;
    area.value = text;
    area.setSelectionRange(start ?? 0, end ?? 0);
    area.scrollTop = scrollTop;
  }, [text]);
  return (
    <textarea
      ref={field}
      className="plain"
      aria-label={name}
      spellCheck={false}
      defaultValue={text}
      onChange={(event) => onType(event.target.value)}
    />
  );
}

function mapped(at: number, before: string, after: string): number {
  let shift = 0;
  for (const { from, to, insert } of textChange(before, after) ?? []) {
    if (from >= at) break;
    shift += to <= at ? insert.length - (to - from) : from - at + insert.length;
  }
  return at + shift;
}
