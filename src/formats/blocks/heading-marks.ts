import { behindBlanks, behindRun, isBlankCode, type MarkdownLine } from "./markdown-line.ts";

const hash = 35;
const equalsSign = 61;
const dash = 45;

/** The depth, 1 to 6, of the ATX heading at the line's content, 0 for none (CommonMark 0.31, section 4.2). */
export function markedDepth({ text, content, end }: MarkdownLine): number {
  const behind = behindRun(text, content, end, hash);
  const depth = behind - content;
  if (depth < 1 || depth > 6) return 0;
  return behind === end || isBlankCode(text.charCodeAt(behind)) ? depth : 0;
}

/** The depth, 1 or 2, that the setext underline at the line's content gives, 0 for none (section 4.3). */
export function underlineDepth({ text, content, end }: MarkdownLine): number {
  const marker = text.charCodeAt(content);
  if (marker !== equalsSign && marker !== dash) return 0;
  const behind = behindBlanks(text, behindRun(text, content, end, marker), end);
  if (behind !== end) return 0;
  return marker === equalsSign ? 1 : 2;
}
