/** Replaces `[start, end)` of a text, in UTF-16 units. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies splices that do not overlap; at one offset they land in the order in which they are given. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = splices.toSorted((one, other) => one.start - other.start || one.end - other.end);
  const pieces: string[] = [];
  let position = 0;
  for (const splice of ordered) {
    if (splice.start < position || splice.end < splice.start || splice.end > text.length) {
      throw new RangeError(`splice [${splice.start}, ${splice.end}) overlaps another or leaves the text`);
    }
    pieces.push(text.slice(position, splice.start), splice.text);
    position = splice.end;
  }
  pieces.push(text.slice(position));
  return pieces.join("");
}

export function lineStartOf(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** The offset of the line's end, before its `\n` or `\r\n`. */
export function lineEndOf(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === "\r" ? newline - 1 : newline;
}

/** The offset of the next line, or the text's length. */
export function nextLineOf(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}

/**
 * Removes the whole lines that hold `[start, end]`. At the end of a text without final newline the line
 * end in front of them goes instead, so that the text still has none.
 */
export function removeLines(text: string, start: number, end: number): Splice {
  const from = lineStartOf(text, start);
  const to = nextLineOf(text, end);
  if (to < text.length || text.endsWith("\n") || from === 0) return { start: from, end: to, text: "" };
  return { start: lineEndOf(text, lineStartOf(text, from - 1)), end: to, text: "" };
}

/** Removals that may touch or overlap, as ones that do not. */
export function mergedRemovals(removals: readonly Splice[]): readonly Splice[] {
  const merged: Splice[] = [];
  for (const removal of removals.toSorted((one, other) => one.start - other.start)) {
    const last = merged.at(-1);
    if (last === undefined || removal.start > last.end) merged.push(removal);
    else merged[merged.length - 1] = { ...last, end: Math.max(last.end, removal.end) };
  }
  return merged;
}

/** The blanks at the beginning of the line that holds `offset`. */
export function indentAt(text: string, offset: number): string {
  const start = lineStartOf(text, offset);
  return text.slice(start, skipBlanks(text, start));
}

export function skipBlanks(text: string, offset: number): number {
  let end = offset;
  while (text[end] === " " || text[end] === "\t") end += 1;
  return end;
}

/** True when only blanks stand between the beginning of the line and `offset`. */
export function beginsLine(text: string, offset: number): boolean {
  return skipBlanks(text, lineStartOf(text, offset)) >= offset;
}

/** The end of `[start, end)` without the white space at its end. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /\s/.test(text[last - 1] ?? "")) last -= 1;
  return last;
}
