/** What the comments of a text are about: each is known by the entry that it stands at, so that it can be merged. */

import type { DocumentLayout, LayoutEntry, TextRange } from "../../formats/document-layout.ts";
import { isList, isRecord } from "../../formats/format-value.ts";
import { beginsLine, lineStartOf } from "../../formats/splice.ts";
import { ownName } from "./list-kind.ts";
import { valueKey } from "./sides.ts";

/** In lines above the entry, behind it, behind its opening bracket or colon, or before its closing bracket. */
type CommentSide = "above" | "behind" | "inside" | "below";

export interface PlacedComment {
  readonly side: CommentSide;
  /** Of the entry; items of lists by name or else content. Empty for the document. */
  readonly path: readonly string[];
  /** Lines parted by `\n`, without indentation. */
  readonly text: string;
  readonly range: TextRange;
}

/** The comments of a text by `commentKey`. */
export function placedComments(
  text: string,
  layout: DocumentLayout,
  value: unknown,
): ReadonlyMap<string, PlacedComment> {
  const places = new Map<string, PlacedComment>();
  for (const comment of layout.comments) {
    const { side, entry } = placeOf(text, layout, comment);
    const path = entry === null ? [] : stablePath(value, entry.path);
    const key = commentKey(side, path);
    const words = text.slice(comment.start, comment.end).trimEnd();
    const before = places.get(key);
    if (before === undefined) places.set(key, { side, path, text: words, range: comment });
    else {
      const range = { start: before.range.start, end: comment.end };
      const parting = side === "behind" ? " " : "\n";
      places.set(key, { side, path, text: before.text + parting + words, range });
    }
  }
  return places;
}

function commentKey(side: CommentSide, path: readonly string[]): string {
  return JSON.stringify([side, ...path]);
}

interface Place {
  readonly side: CommentSide;
  /** Null for the document itself. */
  readonly entry: LayoutEntry | null;
}

function placeOf(text: string, { entries }: DocumentLayout, { start, end }: TextRange): Place {
  const holder = entries.findLast((entry) => entry.start < start && entry.end > end) ?? null;
  if (beginsLine(text, start)) {
    const next = entries.find((entry) => entry.start >= end);
    const isInHolder = next !== undefined && (holder === null || next.start < holder.end);
    const isClosedBefore = next === undefined || /[}\]]/.test(withoutComments(text.slice(end, next.start)));
    return isInHolder && !isClosedBefore ? { side: "above", entry: next } : { side: "below", entry: holder };
  }
  const lineStart = lineStartOf(text, start);
  const ended = entries.filter((entry) => entry.end <= start && entry.end > lineStart);
  const lastEnd = Math.max(...ended.map((entry) => entry.end));
  const last = ended.find((entry) => entry.end === lastEnd);
  return last === undefined ? { side: "inside", entry: holder } : { side: "behind", entry: last };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?:\/\/|#).*/g, "");
}

/** The path with positions in lists replaced by the items' names or contents, which stay when items move. */
export function stablePath(value: unknown, path: readonly (string | number)[]): readonly string[] {
  let node = value;
  return path.map((segment) => {
    if (isList(node) && typeof segment === "number") {
      node = node[segment];
      return ownName(node) ?? valueKey(node);
    }
    node = isRecord(node) && typeof segment === "string" ? node[segment] : undefined;
    return String(segment);
  });
}
