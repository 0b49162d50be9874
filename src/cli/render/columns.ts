import type { Screen } from "../screen.ts";
import { glyph } from "./glyph.ts";
import { paint, type Tone } from "./paint.ts";
import { textWidth } from "./text-width.ts";
import { exactLine, visibleLine } from "./visible-text.ts";

export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
  /** Keeps blanks at both ends and in between: a line of a file, a number to be aligned. */
  readonly exact?: true;
}

const gap = "  ";

/**
 * Lays rows out in columns by the width that a terminal gives them (East Asian characters take two). The last
 * column is cut where the screen ends; no other is, and nothing is on a stream that is not a terminal.
 */
export function columns(screen: Screen, rows: readonly (readonly Cell[])[], indent = ""): string[] {
  const shown = rows.map((row) =>
    row.map((cell) => ({ ...cell, text: cell.exact ? exactLine(cell.text) : visibleLine(cell.text) })),
  );
  const widths: number[] = [];
  for (const row of shown) {
    row.forEach((cell, index) => {
      if (index < row.length - 1) widths[index] = Math.max(widths[index] ?? 0, textWidth(cell.text));
    });
  }
  return shown.map((row) => layOut(screen, row, widths, indent));
}

function layOut(screen: Screen, row: readonly Cell[], widths: readonly number[], indent: string): string {
  let line = indent;
  let used = textWidth(indent);
  row.forEach((cell, index) => {
    const isLast = index === row.length - 1;
    const text = isLast ? cutToWidth(screen, cell.text, screen.width - used) : cell.text;
    line += paint(screen, cell.tone ?? "plain", text);
    if (isLast) return;
    const padding = " ".repeat(Math.max((widths[index] ?? 0) - textWidth(text), 0)) + gap;
    line += padding;
    used += textWidth(text) + padding.length;
  });
  return line.trimEnd();
}

/** At least some of the text is left, however narrow the screen. */
function cutToWidth(screen: Screen, text: string, width: number): string {
  const room = Math.max(width, 12);
  if (textWidth(text) <= room) return text;
  const dots = glyph(screen, "dots");
  let cut = "";
  let used = textWidth(dots);
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += textWidth(segment);
    if (used > room) break;
    cut += segment;
  }
  return cut + dots;
}
