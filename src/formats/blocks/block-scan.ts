import type { TextRange } from "../document-layout.ts";
import { blockStartAt } from "./block-start.ts";
import { type CodeFence, closesFence } from "./code-fence.ts";
import { Containers } from "./containers.ts";
import { underlineDepth } from "./heading-marks.ts";
import { markedTitle, underlinedTitle } from "./heading-title.ts";
import type { HtmlBlock } from "./html-block.ts";
import { HtmlEnds } from "./html-end.ts";
import { MarkdownLine } from "./markdown-line.ts";
import { Paragraph } from "./paragraph.ts";
import { ThematicBreaks } from "./thematic-break.ts";

/** A heading that stands in no container. Offsets in UTF-16 units. */
export interface Heading {
  readonly depth: number;
  readonly title: string;
  /** Where its first line begins. */
  readonly start: number;
  /** Behind its last line. */
  readonly contentStart: number;
}

/** Stretches of whole lines of a Markdown text, each behind the one before. Offsets in UTF-16 units. */
export interface LiteralBlocks {
  /** Fenced and indented code: shown as it is written. */
  readonly code: readonly TextRange[];
  /** HTML blocks: what a reader sees of them is up to their tags. */
  readonly html: readonly TextRange[];
}

/** Indented code (CommonMark 0.31, section 4.4). */
interface IndentedCode {
  readonly kind: "indented";
  /** Whether a list has to begin with 1 to end it, as in the reference parser of the tests. */
  readonly sparesLists: boolean;
}

type Leaf = Paragraph | CodeFence | HtmlBlock | IndentedCode;

/**
 * The headings of a Markdown text from `start` on that stand in no block quote and no list item, in order.
 *
 * Reads blocks line by line, after the strategy in the appendix of CommonMark 0.31, and nothing within
 * lines but what tells blocks apart. Linear in the text's length, whatever the text.
 */
export function scanHeadings(text: string, start: number): readonly Heading[] {
  return new BlockScan(text, start).run().headings;
}

/** Where code and HTML stand in a Markdown text from `start` on, in whatever containers. */
export function scanLiteralBlocks(text: string, start: number): LiteralBlocks {
  return new BlockScan(text, start).run();
}

class BlockScan {
  readonly #line: MarkdownLine;
  readonly #breaks = new ThematicBreaks();
  readonly #containers = new Containers(this.#breaks);
  readonly #htmlEnds: HtmlEnds;
  readonly headings: Heading[] = [];
  readonly code: TextRange[] = [];
  readonly html: TextRange[] = [];
  #leaf: Leaf | null = null;
  #isHtmlLine = false;

  constructor(text: string, start: number) {
    this.#line = new MarkdownLine(text, start);
    this.#htmlEnds = new HtmlEnds(text);
  }

  run(): this {
    while (this.#line.advance()) {
      const count = this.#readContainers();
      const isLazy = count < this.#containers.count;
      const open = this.#leaf;
      const isTaken = this.#isTaken(isLazy);
      if (!isTaken) this.#readBlock(count);
      this.#noteLiteral(isTaken ? open : this.#leaf);
    }
    return this;
  }

  /** Notes the line as one of that block. An HTML block of one line is over when it is asked for. */
  #noteLiteral(leaf: Leaf | null): void {
    const isHtml = leaf?.kind === "html" || (leaf === null && this.#isHtmlLine);
    this.#isHtmlLine = false;
    const ranges = isHtml
      ? this.html
      : leaf?.kind === "fence" || leaf?.kind === "indented"
        ? this.code
        : null;
    if (ranges === null) return;
    const { start, next } = this.#line;
    const last = ranges.at(-1);
    if (last?.end === start) ranges[ranges.length - 1] = { start: last.start, end: next };
    else ranges.push({ start, end: next });
  }

  /** How many containers the line is in, unless it goes on with a paragraph in further ones. */
  #readContainers(): number {
    const line = this.#line;
    const containers = this.#containers;
    const count = containers.readPrefixes(line);
    const isNext = containers.readSibling(line, count);
    if (isNext) this.#leaf = null;
    const isInside = isNext || count === containers.count;
    const leaf = isInside ? this.#leaf : null;
    if (leaf?.kind === "fence" || leaf?.kind === "html") return containers.count;
    // Section 5.3 speaks of paragraphs only; the reference parser of the tests spares indented code as well,
    // unless its first line closed a container.
    const endsParagraph = leaf?.kind === "paragraph" || (leaf?.kind === "indented" && leaf.sparesLists);
    const kept = isInside ? containers.count : count;
    if (!containers.readNew(line, kept, endsParagraph)) return kept;
    this.#leaf = null;
    return containers.count;
  }

  /** True when the line belongs to the leaf that is open. */
  #isTaken(isLazy: boolean): boolean {
    const line = this.#line;
    const leaf = this.#leaf;
    if (leaf === null) return false;
    if (leaf.kind === "paragraph") return this.#isOfParagraph(leaf, isLazy);
    // Only a paragraph goes on without its containers' prefixes.
    if (isLazy) return false;
    if (leaf.kind === "indented") return line.isBlank || line.indent > 3;
    if (leaf.kind === "fence") {
      if (closesFence(line, leaf)) this.#leaf = null;
      return true;
    }
    if (leaf.end === "blank") return !line.isBlank;
    if (this.#htmlEnds.isOn(line, leaf)) this.#leaf = null;
    return true;
  }

  #isOfParagraph(paragraph: Paragraph, isLazy: boolean): boolean {
    const line = this.#line;
    if (line.isBlank) return false;
    if (line.indent < 4) {
      const depth = isLazy ? 0 : underlineDepth(line);
      if (depth > 0) return this.#isUnderline(paragraph, depth);
      const start = blockStartAt(line, this.#breaks);
      if (start !== null && (isLazy || start.kind !== "html" || start.interrupts)) return false;
    }
    paragraph.add(line);
    return true;
  }

  #isUnderline(paragraph: Paragraph, depth: number): boolean {
    const { text, end } = this.#line;
    const first = paragraph.firstTextLine(text);
    if (first === null) return false;
    this.#leaf = null;
    const title = () => underlinedTitle(text.slice(first.content, end));
    this.#addHeading(depth, first.start, title);
    return true;
  }

  #readBlock(count: number): void {
    const line = this.#line;
    const before = this.#leaf;
    this.#leaf = null;
    const start = line.isBlank || line.indent > 3 ? null : blockStartAt(line, this.#breaks);
    // The reference parser of the tests lets any complete tag end a paragraph that it could go on with, and
    // puts the HTML block into the paragraph's container.
    const sparesLists = count === this.#containers.count;
    const staysInside = before?.kind === "paragraph" && start?.kind === "html" && !start.interrupts;
    if (!staysInside) this.#containers.keep(count);
    if (line.isBlank) return;
    if (start === null)
      this.#leaf = line.indent > 3 ? { kind: "indented", sparesLists } : new Paragraph(line);
    else if (start.kind === "fence") this.#leaf = start;
    else if (start.kind === "html") {
      this.#isHtmlLine = true;
      this.#leaf = this.#htmlEnds.isOn(line, start) ? null : start;
    } else if (start.kind === "heading") {
      this.#addHeading(start.depth, line.start, () => markedTitle(line.text.slice(line.content, line.end)));
    }
  }

  #addHeading(depth: number, start: number, title: () => string): void {
    if (this.#containers.count > 0) return;
    this.headings.push({ depth, title: title(), start, contentStart: this.#line.next });
  }
}
