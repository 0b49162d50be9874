/** Adding to and taking from what stands in brackets: JSON objects and lists, YAML flow, TOML inline. */

import { type CommentStyle, commentAt } from "./document-layout.ts";
import {
  beginsLine,
  indentAt,
  lineEndOf,
  lineStartOf,
  nextLineOf,
  type Splice,
  skipBlanks,
  trimmedEnd,
} from "./splice.ts";

/** Offsets in UTF-16 units: `open` behind the opening bracket, `close` at the closing one. */
export interface BracketList {
  readonly open: number;
  readonly close: number;
  readonly items: readonly { readonly start: number; readonly end: number }[];
}

export interface BracketStyle {
  /** `hash`: `# to the end of the line`; `slash`: the two kinds of JavaScript comment. */
  readonly comments: CommentStyle;
  readonly lineEnd: string;
  readonly indentUnit: string;
  /** Whether the first item of an empty list gets a line of its own. */
  readonly spreadWhenEmpty: boolean;
}

/** Writes an item: behind `indent` on a line of its own, or, for null, amid a line. */
export type WriteItem = (indent: string | null) => string;

export function insertItem(text: string, list: BracketList, style: BracketStyle, write: WriteItem): Splice[] {
  const last = list.items.at(-1);
  if (last === undefined) return insertFirst(text, list, style, write);
  const comma = commaAfter(text, last.end, list.close, style);
  const ownLine = beginsLine(text, last.start) && lineStartOf(text, last.start) >= list.open;
  if (!ownLine) {
    return [{ start: last.end, end: last.end, text: separator(text, list) + write(null) }];
  }
  const indent = indentAt(text, last.start);
  const behind = commentEnd(text, comma === null ? last.end : comma + 1, list.close, style);
  const item = style.lineEnd + indent + write(indent);
  if (comma !== null) return [{ start: behind, end: behind, text: `${item},` }];
  // The comma goes in front of the last item's comment, the new item behind it: the comment stays with its item.
  return [
    { start: last.end, end: last.end, text: "," },
    { start: behind, end: behind, text: item },
  ];
}

function insertFirst(text: string, list: BracketList, style: BracketStyle, write: WriteItem): Splice[] {
  const contentEnd = trimmedEnd(text, list.open, list.close);
  const hasComment = contentEnd > list.open;
  if (!style.spreadWhenEmpty) {
    return [{ start: hasComment ? list.close : list.open, end: list.close, text: write(null) }];
  }
  const outer = indentAt(text, list.open);
  const indent = outer + style.indentUnit;
  const item = style.lineEnd + indent + write(indent) + style.lineEnd + outer;
  return [{ start: contentEnd, end: list.close, text: item }];
}

/** How the list parts its items, by the example of its first two. */
function separator(text: string, list: BracketList): string {
  const [first, second] = list.items;
  return first !== undefined && second !== undefined && text.slice(first.end, second.start) === ","
    ? ","
    : ", ";
}

export function removeItem(text: string, list: BracketList, style: BracketStyle, index: number): Splice[] {
  const item = list.items[index];
  if (item === undefined) return [];
  const previous = list.items[index - 1];
  const comma = commaAfter(text, item.end, list.items[index + 1]?.start ?? list.close, style);
  const stop = comma === null ? item.end : comma + 1;
  const behind = commentEnd(text, stop, list.close, style);
  const wholeLines =
    beginsLine(text, item.start) && lineStartOf(text, item.start) >= list.open && atLineEnd(text, behind);
  const splices: Splice[] = [];
  if (wholeLines) {
    splices.push({ start: lineStartOf(text, item.start), end: nextLineOf(text, behind), text: "" });
  } else if (index < list.items.length - 1 || previous === undefined) {
    splices.push({ start: item.start, end: skipBlanks(text, stop), text: "" });
  } else {
    splices.push({ start: item.start - blanksBefore(text, item.start), end: stop, text: "" });
  }
  const wasLast = index === list.items.length - 1;
  if (wasLast && comma === null && previous !== undefined) {
    const orphan = commaAfter(text, previous.end, item.start, style);
    if (orphan !== null) splices.push({ start: orphan, end: orphan + 1, text: "" });
  }
  return splices;
}

function atLineEnd(text: string, offset: number): boolean {
  const end = skipBlanks(text, offset);
  return end < text.length && end === lineEndOf(text, end);
}

function blanksBefore(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === " " || text[start - 1] === "\t") start -= 1;
  return offset - start;
}

/** The offset of the comma in `[from, to)`, comments aside. */
function commaAfter(text: string, from: number, to: number, style: BracketStyle): number | null {
  let offset = from;
  while (offset < to) {
    if (text[offset] === ",") return offset;
    offset = commentAt(text, offset, style.comments) ?? offset + 1;
  }
  return null;
}

/** The end of the last comment that begins on the line of `from`, or `from` itself. */
function commentEnd(text: string, from: number, to: number, style: BracketStyle): number {
  let end = from;
  for (;;) {
    const next = commentAt(text, skipBlanks(text, end), style.comments);
    if (next === null || next > to) return end;
    end = next;
  }
}
