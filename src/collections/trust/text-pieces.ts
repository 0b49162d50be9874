import { textToScan } from "../../artifacts/secrets.ts";
import { limits } from "../../domain/limits.ts";
import { decodeText } from "../../formats/text-shape.ts";
import { textFormatOf } from "../../merge/text-format.ts";

/** A stretch of whole lines of a file. */
export interface TextPiece {
  readonly text: string;
  /** Line of the file on which it begins, from 1. */
  readonly firstLine: number;
}

const pieceBytes = 1024 * 1024;
const newline = 10;

/** Files that are read as text whatever bytes are in them: a NUL must not switch off the look at instructions. */
function isNamedText(path: string): boolean {
  return (
    textFormatOf(path) !== "text" || /\.(?:txt|sh|bash|zsh|py|js|mjs|cjs|ts|rb|pl|ps1|bat|cmd)$/i.test(path)
  );
}

/**
 * The text of a file in pieces of whole lines, so that a large one is not held a second time; nothing for what is
 * binary. A file of the usual size comes as one piece.
 */
export function* textPieces(path: string, bytes: Uint8Array): Generator<TextPiece> {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide && bytes.length <= limits.parsedTextBytesMax) {
    yield { text: textToScan(bytes), firstLine: 1 };
    return;
  }
  let firstLine = 1;
  for (let from = 0; from < bytes.length; ) {
    const to = endOfPiece(bytes, from);
    const part = bytes.subarray(from, to);
    const text = decodeText(part) ?? (isNamedText(path) ? textToScan(part) : null);
    if (text === null) return;
    yield { text, firstLine };
    for (let at = part.indexOf(newline); at !== -1; at = part.indexOf(newline, at + 1)) firstLine += 1;
    from = to;
  }
}

/** Behind the last line end within the piece's size; at that size where a line is longer, between characters. */
function endOfPiece(bytes: Uint8Array, from: number): number {
  const most = Math.min(
    from + (bytes.length <= limits.parsedTextBytesMax ? bytes.length : pieceBytes),
    bytes.length,
  );
  if (most === bytes.length) return most;
  const lineEnd = bytes.lastIndexOf(newline, most - 1);
  if (lineEnd >= from) return lineEnd + 1;
  let to = most;
  while (to > from + 1 && ((bytes[to] ?? 0) & 0xc0) === 0x80) to -= 1;
  return to;
}
