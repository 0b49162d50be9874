import type { HtmlBlock, HtmlEnd } from "./html-block.ts";
import type { MarkdownLine } from "./markdown-line.ts";

type SearchedEnd = Exclude<HtmlEnd, "blank">;

const rawEnd = /<\/(?:pre|script|style|textarea)>/gi;

/**
 * The end conditions of HTML blocks (CommonMark 0.31, section 4.6).
 *
 * Asked in the order of the text. Where each end stands next is remembered, so that a text of many blocks
 * without end is searched once.
 */
export class HtmlEnds {
  readonly #text: string;
  readonly #next = new Map<SearchedEnd, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** True when the block ends on this line; one that ends before a blank line never does. */
  isOn(line: MarkdownLine, { end, from }: HtmlBlock): boolean {
    if (end === "blank") return false;
    const start = Math.max(from, line.content);
    let next = this.#next.get(end) ?? -1;
    if (next < start) {
      next = search(this.#text, end, start);
      this.#next.set(end, next);
    }
    return next < line.end;
  }
}

function search(text: string, end: SearchedEnd, from: number): number {
  const index = indexOfEnd(text, end, from);
  return index < 0 ? text.length : index;
}

function indexOfEnd(text: string, end: SearchedEnd, from: number): number {
  switch (end) {
    case "raw":
      rawEnd.lastIndex = from;
      return rawEnd.exec(text)?.index ?? -1;
    case "comment":
      return text.indexOf("-->", from);
    case "instruction":
      return text.indexOf("?>", from);
    case "declaration":
      return text.indexOf(">", from);
    case "cdata":
      return indexOfSectionEnd(text, from);
  }
}

/** Like the parser that tests compare with, takes brackets by twos: `]]]>` ends nothing. */
function indexOfSectionEnd(text: string, from: number): number {
  let index = text.indexOf("]]>", from);
  while (index >= 0) {
    let start = index;
    while (start > from && text[start - 1] === "]") start -= 1;
    if ((index - start) % 2 === 0) return index;
    index = text.indexOf("]]>", index + 1);
  }
  return index;
}
