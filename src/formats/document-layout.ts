/** Where the entries and comments of a text stand. Offsets in UTF-16 units. */

import { lineEndOf } from "./splice.ts";

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** One `key: value`, list item, or header of a TOML section. */
export interface LayoutEntry extends TextRange {
  readonly path: readonly (string | number)[];
  /** Behind the key; the start for list items. */
  readonly keyEnd: number;
  /** The value's own text, for scalars. */
  readonly scalar: TextRange | null;
}

export type CommentStyle = "hash" | "slash";

export interface DocumentLayout {
  /** In the order of the text; what holds others stands before them. */
  readonly entries: readonly LayoutEntry[];
  readonly comments: readonly TextRange[];
}

/** Finds comments in what keys and scalars leave over, where no quote can hide a comment's sign. */
export function layoutOf(text: string, entries: readonly LayoutEntry[], style: CommentStyle): DocumentLayout {
  const ordered = entries.toSorted((one, other) => one.start - other.start || other.end - one.end);
  const words = ordered
    .flatMap(({ start, keyEnd, scalar }) => [
      { start, end: keyEnd },
      ...(scalar === null ? [] : [{ start: scalar.start, end: scalar.end }]),
    ])
    .sort((one, other) => one.start - other.start);
  const comments: TextRange[] = [];
  let position = 0;
  for (const { start, end } of [...words, { start: text.length, end: text.length }]) {
    collectComments(text, position, start, style, comments);
    position = Math.max(position, end);
  }
  return { entries: ordered, comments };
}

function collectComments(
  text: string,
  from: number,
  to: number,
  style: CommentStyle,
  comments: TextRange[],
): void {
  let offset = from;
  while (offset < to) {
    const end = commentAt(text, offset, style);
    if (end !== null) comments.push({ start: offset, end });
    offset = end ?? offset + 1;
  }
}

/** The end of the comment that begins at `offset`, or null where none does. */
export function commentAt(text: string, offset: number, style: CommentStyle): number | null {
  if (style === "hash") return text[offset] === "#" ? lineEndOf(text, offset) : null;
  if (text.startsWith("//", offset)) return lineEndOf(text, offset);
  if (!text.startsWith("/*", offset)) return null;
  const end = text.indexOf("*/", offset + 2);
  return end < 0 ? text.length : end + 2;
}
