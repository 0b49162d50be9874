import { fromMarkdown } from "mdast-util-from-markdown";
import type { Heading } from "./block-scan.ts";
import { markedTitle, underlinedTitle } from "./heading-title.ts";

// Headings are found without what stands inside a line: that is most of the parser's work, and all of its
// worst cases.
export const inlineConstructs = [
  "attention",
  "autolink",
  "characterEscape",
  "characterReference",
  "codeText",
  "hardBreakEscape",
  "htmlText",
  "labelEnd",
  "labelStartImage",
  "labelStartLink",
];

/** The headings at the top level as an independent CommonMark parser finds them: what the scanner must equal. */
export function referenceHeadings(text: string): readonly Heading[] {
  // The parser drops a byte order mark from its input, which would shift all offsets.
  if (text.startsWith("\uFEFF")) throw new RangeError("cut the byte order mark off first");
  const { children } = fromMarkdown(text, { extensions: [{ disable: { null: inlineConstructs } }] });
  return children.flatMap((node): Heading[] => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (node.type !== "heading" || start === undefined || end === undefined) return [];
    const contentStart = lineBehind(text, end);
    if (!/[\r\n]/.test(text.slice(start, end))) {
      const title = markedTitle(text.slice(start, end));
      return [{ depth: node.depth, title, start: withIndent(text, start), contentStart }];
    }
    // The parser's node begins with the link definitions above the heading; its words begin with it.
    const words = node.children[0]?.position?.start.offset ?? start;
    const title = underlinedTitle(text.slice(words, end));
    return [{ depth: node.depth, title, start: withIndent(text, words), contentStart }];
  });
}

/** Where the blanks in front of `offset` begin. */
function withIndent(text: string, offset: number): number {
  return /[ \t]*$/.exec(text.slice(0, offset))?.index ?? offset;
}

// For CommonMark a lone carriage return ends a line as well.
function lineBehind(text: string, offset: number): number {
  const line = /[^\r\n]*(?:\r\n|\n|\r)?/y;
  line.lastIndex = offset;
  return offset + (line.exec(text)?.[0].length ?? 0);
}
