import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from "react";

/** Rows that are drawn beyond what is seen, so that a quick scroll does not meet a gap. */
const spareRows = 6;

interface VirtualRowsProps<Row> {
  readonly rows: readonly Row[];
  /** Every row is as high; in CSS pixels. */
  readonly rowHeight: number;
  readonly keyOf: (row: Row) => string;
  readonly draw: (row: Row, index: number) => ReactNode;
  readonly name: string;
  readonly className?: string;
}

/**
 * A list of any length of which only the rows in sight are in the document. It is one stop of the Tab key per row's own
 * links, scrolls by its own box, and says its whole length to those who listen.
 */
export function VirtualRows<Row>(props: VirtualRowsProps<Row>) {
  const { rows, rowHeight, keyOf, draw, name, className = "" } = props;
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ first: 0, count: 30 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () =>
      setSeen((before) => {
        const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - spareRows);
        const count = Math.ceil(element.clientHeight / rowHeight) + 2 * spareRows;
        return before.first === first && before.count === count ? before : { first, count };
      });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [rowHeight]);
  const first = Math.min(seen.first, Math.max(0, rows.length - seen.count));
  const height: CSSProperties = { blockSize: rows.length * rowHeight };
  const offset: CSSProperties = { transform: `translateY(${first * rowHeight}px)` };
  return (
    <div ref={box} className={`virtual ${className}`}>
      <div className="virtual-height" style={height}>
        <ul aria-label={name} style={offset}>
          {rows.slice(first, first + seen.count).map((row, index) => (
            <li key={keyOf(row)} aria-setsize={rows.length} aria-posinset={first + index + 1}>
              {draw(row, first + index)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
