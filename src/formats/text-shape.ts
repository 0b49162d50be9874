/** The parts of a text that carry no meaning of their own: BOM, line ends, final newline, trailing blanks. */

export const byteOrderMark = "\uFEFF";

export type LineEnd = "\n" | "\r\n";

export interface TextShape {
  readonly bom: "" | typeof byteOrderMark;
  /** The more frequent one; `\n` when there are as many of each. */
  readonly lineEnd: LineEnd;
  readonly finalNewline: boolean;
}

export function textShape(text: string): TextShape {
  let lines = 0;
  let windowsLines = 0;
  for (let newline = text.indexOf("\n"); newline >= 0; newline = text.indexOf("\n", newline + 1)) {
    lines += 1;
    if (text[newline - 1] === "\r") windowsLines += 1;
  }
  return {
    bom: text.startsWith(byteOrderMark) ? byteOrderMark : "",
    lineEnd: windowsLines * 2 > lines ? "\r\n" : "\n",
    finalNewline: text.endsWith("\n"),
  };
}

/** The first line's indentation that there is, as the unit for new lines; two spaces where there is none. */
export function indentUnit(text: string): string {
  return /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
}

/** Merge rule R0: equal after line ends, BOM, one final newline and blanks at the end of lines. */
export function sameButForShape(one: string, other: string): boolean {
  return one === other || withoutShape(one) === withoutShape(other);
}

function withoutShape(text: string): string {
  const content = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  const lines = content.split("\n").map(withoutTrailingBlanks);
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return lines.join("\n");
}

// A loop, because a regular expression takes quadratic time on a long run of blanks inside a line.
function withoutTrailingBlanks(line: string): string {
  let end = line.endsWith("\r") ? line.length - 1 : line.length;
  while (line[end - 1] === " " || line[end - 1] === "\t") end -= 1;
  return line.slice(0, end);
}

/**
 * The text of these bytes, its BOM kept; null when they are binary: ill-formed UTF-8, or with a NUL.
 * `encodeText` of the result gives the same bytes.
 */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-8 bytes; null for a text with a lone surrogate, which UTF-8 cannot hold and would silently replace. */
export function encodeText(text: string): Uint8Array | null {
  return text.isWellFormed() ? new TextEncoder().encode(text) : null;
}
