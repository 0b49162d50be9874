import { behindDefinitions } from "./link-definitions.ts";
import type { MarkdownLine } from "./markdown-line.ts";

const bracket = 91;

/** Where a line begins, where its text does, and where it ends. */
export interface LineRange {
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/** A paragraph that is open (CommonMark 0.31, section 4.8). */
export class Paragraph {
  readonly kind = "paragraph";
  readonly #first: LineRange;
  /** Kept only where they may be link reference definitions. */
  readonly #lines: LineRange[] | null;

  constructor(line: MarkdownLine) {
    this.#first = rangeOf(line);
    this.#lines = line.codeAt(line.content) === bracket ? [this.#first] : null;
  }

  add(line: MarkdownLine): void {
    this.#lines?.push(rangeOf(line));
  }

  /**
   * The first line behind the link reference definitions at the beginning; null where they are all there is,
   * which a setext underline makes no heading of.
   */
  firstTextLine(text: string): LineRange | null {
    if (this.#lines === null) return this.#first;
    const lines = this.#lines.map(({ content, end }) => text.slice(content, end));
    let behind = behindDefinitions(lines.join("\n"));
    const index = lines.findIndex((line) => {
      if (behind === 0) return true;
      behind = Math.max(0, behind - line.length - 1);
      return false;
    });
    return this.#lines[index] ?? null;
  }
}

function rangeOf({ start, content, end }: MarkdownLine): LineRange {
  return { start, content, end };
}
