/** Puts comments at the entries that they are about, each a line above or the end of a line. */

import type { DocumentLayout, LayoutEntry } from "../../formats/document-layout.ts";
import type { FormatDocument } from "../../formats/format-value.ts";
import {
  applySplices,
  beginsLine,
  indentAt,
  lineEndOf,
  lineStartOf,
  nextLineOf,
  type Splice,
  trimmedEnd,
} from "../../formats/splice.ts";
import { textShape } from "../../formats/text-shape.ts";
import { type PlacedComment, placedComments, stablePath } from "./comment-places.ts";
import { sameThere } from "./sides.ts";

/** A comment as it is to be; null where there is to be none. */
export interface WantedComment {
  readonly key: string;
  readonly place: Pick<PlacedComment, "side" | "path">;
  readonly text: string | null;
}

/** A text with what was found in it. */
export interface CommentedText {
  readonly text: string;
  readonly value: unknown;
  readonly layout: DocumentLayout;
  readonly comments: ReadonlyMap<string, PlacedComment>;
}

/** Null for a text that does not parse. */
export function readCommented(document: FormatDocument, text: string): CommentedText | null {
  const opened = document.open(text);
  if (opened === null) return null;
  const layout = opened.layout();
  return { text, value: opened.value, layout, comments: placedComments(text, layout, opened.value) };
}

export function hasPlaceFor({ value, layout }: CommentedText, { path }: WantedComment["place"]): boolean {
  return path.length === 0 || layout.entries.some((entry) => samePath(stablePath(value, entry.path), path));
}

/** The text with one comment as wanted; null where that is not possible without touching anything else. */
export function putComment(
  document: FormatDocument,
  before: CommentedText,
  wanted: WantedComment,
): CommentedText | null {
  const { text, value, layout, comments } = before;
  const splice = commentSplice(text, layout, value, comments.get(wanted.key) ?? null, wanted);
  const after = splice === null ? null : readCommented(document, applySplices(text, [splice]));
  if (after === null || !sameThere(after.value, value)) return null;
  const expected = new Map([...comments].map(([key, comment]) => [key, comment.text]));
  if (wanted.text === null) expected.delete(wanted.key);
  else expected.set(wanted.key, wanted.text);
  const isAsWanted =
    after.comments.size === expected.size &&
    [...after.comments].every(([key, comment]) => expected.get(key) === comment.text);
  return isAsWanted ? after : null;
}

function commentSplice(
  text: string,
  layout: DocumentLayout,
  value: unknown,
  old: PlacedComment | null,
  { place, text: wanted }: WantedComment,
): Splice | null {
  const isLine = place.side === "above" || place.side === "below";
  if (old !== null) return isLine ? replaceLines(text, old, wanted) : replaceInLine(text, old, wanted);
  if (wanted === null) return null;
  const entry = layout.entries.find(({ path }) => samePath(stablePath(value, path), place.path));
  if (place.side === "below" && place.path.length === 0) return endOfText(text, wanted);
  if (entry === undefined) return null;
  if (place.side === "above") return linesAbove(text, entry, wanted);
  return place.side === "behind" ? endOfLine(text, entry, wanted) : null;
}

function samePath(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((segment, index) => other[index] === segment);
}

function replaceLines(text: string, { range }: PlacedComment, wanted: string | null): Splice | null {
  if (!beginsLine(text, range.start)) return null;
  const start = lineStartOf(text, range.start);
  if (wanted === null) return { start, end: nextLineOf(text, range.end), text: "" };
  return { start, end: lineEndOf(text, range.end), text: indented(text, range.start, wanted) };
}

function replaceInLine(text: string, { range }: PlacedComment, wanted: string | null): Splice | null {
  if (wanted?.includes("\n")) return null;
  if (wanted !== null) return { ...range, text: wanted };
  return { start: trimmedEnd(text, lineStartOf(text, range.start), range.start), end: range.end, text: "" };
}

function linesAbove(text: string, entry: LayoutEntry, wanted: string): Splice | null {
  if (!beginsLine(text, entry.start)) return null;
  const start = lineStartOf(text, entry.start);
  return { start, end: start, text: indented(text, entry.start, wanted) + textShape(text).lineEnd };
}

function endOfLine(text: string, entry: LayoutEntry, wanted: string): Splice | null {
  const end = lineEndOf(text, entry.end);
  const rest = text.slice(entry.end, end);
  if (!/^\s*,?\s*$/.test(rest) || wanted.includes("\n")) return null;
  const at = trimmedEnd(text, entry.end, end);
  return { start: at, end: at, text: ` ${wanted}` };
}

function endOfText(text: string, wanted: string): Splice {
  const { lineEnd } = textShape(text);
  const lines = wanted.replaceAll("\n", () => lineEnd);
  const isLineEnded = text === "" || text.endsWith("\n");
  return {
    start: text.length,
    end: text.length,
    text: isLineEnded ? lines + lineEnd : lineEnd + lines,
  };
}

function indented(text: string, offset: number, lines: string): string {
  const indent = indentAt(text, offset);
  return lines
    .split("\n")
    .map((line) => indent + line)
    .join(textShape(text).lineEnd);
}
