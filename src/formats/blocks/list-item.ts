import { behindBlanks, isBlankCode, type MarkdownLine } from "./markdown-line.ts";
import type { ThematicBreaks } from "./thematic-break.ts";

/** A list item that is open (CommonMark 0.31, section 5.2). */
export interface ListItem {
  readonly kind: "item";
  /** The bullet, or what stands behind the number: items of one list have the same. */
  readonly marker: number;
  /** Columns that the item's further lines are indented by, at least 2. */
  readonly width: number;
  /** Lines since the item began, its first included, as long as all are blank. */
  emptyLines: number;
}

/** A list marker: one character, or a number and one character. */
export interface ListMarker {
  readonly marker: number;
  readonly length: number;
}

const asterisk = 42;
const plus = 43;
const dash = 45;
const period = 46;
const zero = 48;
const one = 49;
const parenthesis = 41;
const digitsMax = 9;

/** The list marker at the line's content. One that ends a paragraph has text behind it, and no number but 1. */
export function listMarkerAt(
  line: MarkdownLine,
  endsParagraph: boolean,
  breaks: ThematicBreaks,
): ListMarker | null {
  if (line.indent > 3) return null;
  const { text, content, end } = line;
  const first = line.codeAt(content);
  const isBullet = first === dash || first === asterisk || first === plus;
  const markerAt = isBullet ? content : behindNumber(line);
  const marker = line.codeAt(markerAt);
  if (!isBullet && (markerAt === content || (marker !== period && marker !== parenthesis))) return null;
  const behind = line.codeAt(markerAt + 1);
  if (behind !== -1 && !isBlankCode(behind)) return null;
  if (endsParagraph) {
    if (!isBullet && (first !== one || markerAt > content + 1)) return null;
    if (behindBlanks(text, markerAt + 1, end) === end) return null;
  }
  if (isBullet && first !== plus && breaks.isAt(line)) return null;
  return { marker, length: markerAt + 1 - content };
}

/** Reads the marker at the line's content with the blanks behind it that belong to it. */
export function readListMarker(line: MarkdownLine, { marker, length }: ListMarker): ListItem {
  const width = line.indent + length;
  line.readCharacters(length);
  if (line.isBlank) return { kind: "item", marker, width: width + 1, emptyLines: 1 };
  // More than four blanks are one, and what follows is indented code.
  const blanks = line.indent > 4 ? 1 : line.indent;
  line.readBlanks(blanks);
  return { kind: "item", marker, width: width + blanks, emptyLines: 0 };
}

function behindNumber(line: MarkdownLine): number {
  let offset = line.content;
  const last = Math.min(offset + digitsMax, line.end);
  for (; offset < last; offset++) {
    const code = line.text.charCodeAt(offset);
    if (code < zero || code > zero + 9) break;
  }
  return offset;
}
