import { behindBlanks, behindRun, type MarkdownLine } from "./markdown-line.ts";

/** Fenced code that is open (CommonMark 0.31, section 4.5). */
export interface CodeFence {
  readonly kind: "fence";
  readonly marker: number;
  readonly length: number;
}

const backtick = 96;

/** The fence that opens at the line's content, a backtick or a tilde; the indentation is the caller's to check. */
export function openingFence({ text, content, end }: MarkdownLine): CodeFence | null {
  const marker = text.charCodeAt(content);
  const infoStart = behindRun(text, content, end, marker);
  if (infoStart - content < 3) return null;
  if (marker === backtick) {
    for (let offset = infoStart; offset < end; offset++) {
      if (text.charCodeAt(offset) === backtick) return null;
    }
  }
  return { kind: "fence", marker, length: infoStart - content };
}

export function closesFence(line: MarkdownLine, { marker, length }: CodeFence): boolean {
  const { text, content, end } = line;
  if (line.indent > 3 || line.codeAt(content) !== marker) return false;
  const behind = behindRun(text, content, end, marker);
  return behind - content >= length && behindBlanks(text, behind, end) === end;
}
