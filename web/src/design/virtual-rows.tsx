import { type CSSProperties, type ReactNode, useEffect, useRef } from "react";
import { useRowWindow } from "./row-window.ts";

interface VirtualRowsProps<Row> {
  readonly rows: readonly Row[];
  /** Every row is as high; in CSS pixels. */
  readonly rowHeight: number;
  readonly keyOf: (row: Row) => string;
  readonly draw: (row: Row, index: number) => ReactNode;
  readonly name: string;
  readonly className?: string;
  /** Called while the last rows are in sight: there may be more to ask for. */
  readonly onEnd?: () => void;
}

/**
 * A list of any length of which only the rows in sight are in the document. It is one stop of the Tab key per row's own
 * links, scrolls by its own box, and says its whole length to those who listen.
 */
export function VirtualRows<Row>(props: VirtualRowsProps<Row>) {
  const { rows, rowHeight, keyOf, draw, name, className = "", onEnd } = props;
  const box = useRef<HTMLDivElement>(null);
  const { first, count } = useRowWindow(box, rows.length, rowHeight);
  const isAtEnd = first + count >= rows.length;
  useEffect(() => {
    if (isAtEnd && rows.length > 0) onEnd?.();
  }, [isAtEnd, onEnd, rows.length]);
  const height: CSSProperties = { blockSize: rows.length * rowHeight };
  const offset: CSSProperties = { transform: `translateY(${first * rowHeight}px)` };
  return (
    <div ref={box} className={`virtual ${className}`}>
      <div className="virtual-height" style={height}>
        <ul aria-label={name} style={offset}>
          {rows.slice(first, first + count).map((row, index) => (
            <li key={keyOf(row)} aria-setsize={rows.length} aria-posinset={first + index + 1}>
              {draw(row, first + index)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
