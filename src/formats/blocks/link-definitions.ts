/** In characters; CommonMark 0.31, section 4.7. */
const labelLengthMax = 999;

/**
 * Where the paragraph begins in `content`, behind the link reference definitions that it starts with
 * (CommonMark 0.31, section 4.7): the length of `content` where they are all there is.
 *
 * `content` is a paragraph's lines without their indentation, joined by `\n`. Linear in its length.
 */
export function behindDefinitions(content: string): number {
  /** Closing marks of titles that do not come again, so that each is searched in vain but once. */
  const absent = new Set<string>();
  let start = 0;
  while (content[start] === "[") {
    const end = definitionEnd(content, start, absent);
    if (end === null) break;
    start = Math.min(end + 1, content.length);
  }
  return start;
}

/** Where the definition's last line ends. */
function definitionEnd(content: string, start: number, absent: Set<string>): number | null {
  const labelEnd = behindLabel(content, start);
  if (labelEnd === null || content[labelEnd] !== ":") return null;
  const destinationEnd = behindDestination(content, behindWhite(content, labelEnd + 1));
  if (destinationEnd === null) return null;
  const titleStart = behindWhite(content, destinationEnd);
  const titleEnd = titleStart > destinationEnd ? behindTitle(content, titleStart, absent) : null;
  return (
    (titleEnd === null ? null : emptyLineEnd(content, titleEnd)) ?? emptyLineEnd(content, destinationEnd)
  );
}

/** Link labels: section 6.3. */
function behindLabel(content: string, start: number): number | null {
  let offset = start + 1;
  let length = 0;
  let isEmpty = true;
  for (; length <= labelLengthMax; offset++) {
    const character = content[offset];
    if (character === undefined || character === "[") return null;
    if (character === "]") return isEmpty ? null : offset + 1;
    if (character === "\n") continue;
    length += 1;
    if (character !== " " && character !== "\t") isEmpty = false;
    if (character === "\\" && isOneOf("[]\\", content[offset + 1])) {
      offset += 1;
      length += 1;
    }
  }
  return null;
}

/** Link destinations: section 6.3. */
function behindDestination(content: string, start: number): number | null {
  if (content[start] === "<") return behindEnclosed(content, start + 1);
  let depth = 0;
  let offset = start;
  for (; offset < content.length; offset++) {
    const character = content[offset] ?? "";
    if (character === " " || character === "\t" || character === "\n") break;
    if (isControl(content.charCodeAt(offset))) return null;
    if (character === "(") depth += 1;
    else if (character === ")") {
      if (depth === 0) break;
      depth -= 1;
    } else if (character === "\\" && isOneOf("()\\", content[offset + 1])) offset += 1;
  }
  return depth === 0 && offset > start ? offset : null;
}

function behindEnclosed(content: string, start: number): number | null {
  for (let offset = start; offset < content.length; offset++) {
    const character = content[offset];
    if (character === ">") return offset + 1;
    if (character === "<" || character === "\n") return null;
    if (character === "\\" && isOneOf("<>\\", content[offset + 1])) offset += 1;
  }
  return null;
}

/** Link titles: section 6.3. */
function behindTitle(content: string, start: number, absent: Set<string>): number | null {
  const mark = content[start];
  if (mark !== '"' && mark !== "'" && mark !== "(") return null;
  const closing = mark === "(" ? ")" : mark;
  if (absent.has(closing)) return null;
  for (let offset = start + 1; offset < content.length; offset++) {
    const character = content[offset];
    if (character === closing) return offset + 1;
    if (character === "\\" && isOneOf("\\", content[offset + 1], closing)) offset += 1;
  }
  absent.add(closing);
  return null;
}

/** The end of the line that is empty from `offset` on. */
function emptyLineEnd(content: string, offset: number): number | null {
  let end = offset;
  while (content[end] === " " || content[end] === "\t") end += 1;
  return end === content.length || content[end] === "\n" ? end : null;
}

function behindWhite(content: string, offset: number): number {
  let behind = offset;
  while (isOneOf(" \t\n", content[behind])) behind += 1;
  return behind;
}

function isOneOf(characters: string, character: string | undefined, other?: string): boolean {
  return character !== undefined && (characters.includes(character) || character === other);
}

function isControl(code: number): boolean {
  // The parser that tests compare with reads a NUL as U+FFFD (section 2.3), which is none.
  return (code < 32 && code !== 0) || code === 127;
}
