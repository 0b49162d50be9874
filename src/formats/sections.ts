import { fromMarkdown } from "mdast-util-from-markdown";
import { splitFrontmatter } from "./frontmatter.ts";
import { byteOrderMark } from "./text-shape.ts";

/**
 * One heading with what follows it up to the next heading, of whatever depth; or, at depth 0, what comes
 * before the first heading.
 */
export interface Section {
  /** The headings from the outermost to this one, as they are written between the `#` marks. */
  readonly path: readonly string[];
  /** 1 to 6, 0 for the text before the first heading. */
  readonly depth: number;
  /** 0 for the first section with this path, 1 for the next, and so on. */
  readonly ordinal: number;
  /** UTF-16 offsets into the whole text; the slices of all sections are exactly the body. */
  readonly start: number;
  /** Where the heading's line (lines, if it is underlined) ends and the content begins. */
  readonly contentStart: number;
  readonly end: number;
}

/** In UTF-16 units. A longer body is one section: the parser needs about a second for each million. */
const bodyLengthMax = 2 * 1024 * 1024;

interface Heading {
  readonly depth: number;
  readonly title: string;
  readonly start: number;
  readonly contentStart: number;
}

/**
 * The sections of a Markdown text (CommonMark 0.31), frontmatter aside: flat, in order, the one of depth 0
 * always first, though it may be empty. A heading counts at the top level only: not in a list, a quotation,
 * a code fence or an HTML block. Never throws; a text that is too long or nested too deep is one section.
 */
export function markdownSections(text: string): readonly Section[] {
  const bodyStart = text.length - splitFrontmatter(text).body.length;
  const headings = readHeadings(text, bodyStart);
  const first = headings[0]?.start ?? text.length;
  const sections: Section[] = [
    { path: [], depth: 0, ordinal: 0, start: bodyStart, contentStart: bodyStart, end: first },
  ];
  const ancestors: Heading[] = [];
  const counts = new Map<string, number>();
  for (const [index, heading] of headings.entries()) {
    while ((ancestors.at(-1)?.depth ?? 0) >= heading.depth) ancestors.pop();
    ancestors.push(heading);
    const path = ancestors.map(({ title }) => title);
    const name = JSON.stringify(path);
    const ordinal = counts.get(name) ?? 0;
    counts.set(name, ordinal + 1);
    const { depth, start, contentStart } = heading;
    sections.push({
      path,
      depth,
      ordinal,
      start,
      contentStart,
      end: headings[index + 1]?.start ?? text.length,
    });
  }
  return sections;
}

// Headings are found without what stands inside a line: that is most of the parser's work, and all of its
// worst cases.
const inlineConstructs = [
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

function readHeadings(text: string, bodyStart: number): readonly Heading[] {
  const body = text.slice(bodyStart);
  if (body.length > bodyLengthMax) return [];
  // The parser drops a BOM from its input, which would shift all offsets.
  const shift = bodyStart + (body.startsWith(byteOrderMark) ? 1 : 0);
  const headings: Heading[] = [];
  for (const node of topLevelNodes(text.slice(shift))) {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (node.type !== "heading" || start === undefined || end === undefined) continue;
    headings.push({
      depth: node.depth,
      title: titleOf(text.slice(shift + start, shift + end)),
      start: indentationStart(text, shift + start),
      contentStart: lineBehind(text, shift + end),
    });
  }
  return headings;
}

/** Where the blanks in front of `offset` begin: the parser leaves a heading's indentation out. */
function indentationStart(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === " " || text[start - 1] === "\t") start -= 1;
  return start;
}

// For CommonMark a lone carriage return ends a line as well.
function lineBehind(text: string, offset: number): number {
  const line = /[^\r\n]*(?:\r\n|\n|\r)?/y;
  line.lastIndex = offset;
  return offset + (line.exec(text)?.[0].length ?? 0);
}

function topLevelNodes(source: string) {
  try {
    return fromMarkdown(source, { extensions: [{ disable: { null: inlineConstructs } }] }).children;
  } catch {
    // Quotations nested by the thousand exhaust the parser's stack.
    return [];
  }
}

/** `## Title ##`, or the lines above `===`. */
function titleOf(source: string): string {
  if (!source.startsWith("#")) {
    const lines = source.trimEnd().split(/\r\n|\n|\r/);
    return lines
      .slice(0, -1)
      .map((line) => line.trim())
      .join(" ");
  }
  const title = source.replace(/^#+/, "").trim();
  const content = trimmedOfMarks(title);
  return content === title || content === "" || /[ \t]$/.test(content) ? content.trimEnd() : title;
}

function trimmedOfMarks(title: string): string {
  let end = title.length;
  while (title[end - 1] === "#") end -= 1;
  return title.slice(0, end);
}
