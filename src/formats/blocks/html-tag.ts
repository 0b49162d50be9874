import { behindBlanks } from "./markdown-line.ts";

// The parts of a tag (CommonMark 0.31, section 6.6). None of them goes over a line's end.
const attributeName = /[A-Za-z_:][\w.:-]*/y;
const quotedValue = /"[^"\r\n]*"(?=[/> \t])|'[^'\r\n]*'(?=[/> \t])/y;
const unquotedValue = /[^ \t\r\n"'/<=>`]+|(?=[/\r\n])/y;

/**
 * True when `[offset, end)` continues a tag's name to a complete tag with only blanks behind it: the seventh
 * start condition of HTML blocks (CommonMark 0.31, section 4.6). Linear in the line's length.
 */
export function isCompleteTag(text: string, offset: number, end: number, isClosing: boolean): boolean {
  const tagEnd = isClosing ? behindBlanks(text, offset, end) : behindAttributes(text, offset, end);
  return tagEnd < end && text[tagEnd] === ">" && behindBlanks(text, tagEnd + 1, end) === end;
}

/** Where the `>` of the tag must stand. */
function behindAttributes(text: string, offset: number, end: number): number {
  let behind = offset;
  for (;;) {
    behind = behindBlanks(text, behind, end);
    if (text[behind] === "/") return behind + 1;
    const nameEnd = matchEnd(attributeName, text, behind);
    if (nameEnd === null) return behind;
    const valueEnd = behindValue(text, behindBlanks(text, nameEnd, end), end);
    if (valueEnd === null) return end;
    behind = valueEnd;
  }
}

/** Behind `= value`, or `offset` without one; null for a value that is none. */
function behindValue(text: string, offset: number, end: number): number | null {
  let behind = offset;
  // Stricter than here, section 6.6 has no second `=` in a value without quotes.
  while (text[behind] === "=") {
    const start = behindBlanks(text, behind + 1, end);
    const quotedEnd = matchEnd(quotedValue, text, start);
    if (quotedEnd !== null) return quotedEnd;
    const unquotedEnd = matchEnd(unquotedValue, text, start);
    if (unquotedEnd === null) return null;
    behind = behindBlanks(text, unquotedEnd, end);
  }
  return behind;
}

function matchEnd(pattern: RegExp, text: string, offset: number): number | null {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : null;
}
