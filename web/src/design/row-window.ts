import { type RefObject, useEffect, useState } from "react";

/** Rows that are drawn beyond what is seen, so that a quick scroll does not meet a gap. */
const spareRows = 6;

/** The rows of a long list that are to be in the document: from `first`, `count` of them. */
export interface RowWindow {
  readonly first: number;
  readonly count: number;
}

/** Follows which rows of `rowHeight` CSS pixels are in sight in a box that scrolls. */
export function useRowWindow(box: RefObject<HTMLElement | null>, rows: number, rowHeight: number): RowWindow {
  const [seen, setSeen] = useState<RowWindow>({ first: 0, count: 30 });
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
  }, [box, rowHeight]);
  return { first: Math.min(seen.first, Math.max(0, rows - seen.count)), count: seen.count };
}
