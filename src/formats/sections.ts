import { type Heading, scanHeadings } from "./blocks/block-scan.ts";
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

/**
 * The sections of a Markdown text (CommonMark 0.31), frontmatter aside: flat, in order, the one of depth 0
 * always first, though it may be empty. A heading counts at the top level only: not in a list, a quotation,
 * a code fence or an HTML block. Never throws, and takes time linear in the text's length.
 */
export function markdownSections(text: string): readonly Section[] {
  const bodyStart = text.length - splitFrontmatter(text).body.length;
  // A second byte order mark, at the beginning of the body, is no part of its first line.
  const scanStart = text.startsWith(byteOrderMark, bodyStart) ? bodyStart + 1 : bodyStart;
  const headings = scanHeadings(text, scanStart);
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
