import { type ListItem, listMarkerAt, readListMarker } from "./list-item.ts";
import type { MarkdownLine } from "./markdown-line.ts";
import type { ThematicBreaks } from "./thematic-break.ts";

interface BlockQuote {
  readonly kind: "quote";
}

const blockQuote: BlockQuote = { kind: "quote" };
const greaterThan = 62;

/**
 * The block quotes and list items that are open, the outermost first (CommonMark 0.31, sections 5.1 and 5.2,
 * and the first phase of the appendix's strategy).
 *
 * Invariants
 * - `#quotes` are the indexes of the quotes in `#open`, in order.
 * - Only the innermost container can be an item without content, with `emptyLines` above 0.
 * - A line costs time linear in its own length and in the containers that it opens and closes; not in those
 *   that stay open, of which there can be as many as the text is long.
 */
export class Containers {
  readonly #open: (BlockQuote | ListItem)[] = [];
  readonly #quotes: number[] = [];
  readonly #breaks: ThematicBreaks;

  constructor(breaks: ThematicBreaks) {
    this.#breaks = breaks;
  }

  get count(): number {
    return this.#open.length;
  }

  /** Closes all but the outermost `count`. */
  keep(count: number): void {
    if (this.#open.length > count) this.#open.length = count;
    while ((this.#quotes.at(-1) ?? -1) >= count) this.#quotes.pop();
  }

  /** Reads the prefixes of the containers that go on with this line; returns how many they are. */
  readPrefixes(line: MarkdownLine): number {
    let quotes = 0;
    for (const [index, container] of this.#open.entries()) {
      // A blank line belongs to every item around it and to no quote.
      if (line.isBlank) return this.#passBlank(this.#quotes[quotes] ?? this.#open.length);
      if (container.kind === "item") {
        const goesOn = container.emptyLines < 2 && line.indent >= container.width;
        container.emptyLines = 0;
        if (!goesOn) return index;
        line.readBlanks(container.width);
      } else {
        if (!isQuote(line)) return index;
        readQuotePrefix(line);
        quotes += 1;
      }
    }
    return this.#open.length;
  }

  /** Reads the marker of a further item of the list at `index`: the item there and all within are closed. */
  readSibling(line: MarkdownLine, index: number): boolean {
    const item = this.#open[index];
    if (item?.kind !== "item" || line.isBlank) return false;
    const marker = listMarkerAt(line, false, this.#breaks);
    if (marker?.marker !== item.marker) return false;
    this.keep(index);
    this.#open.push(readListMarker(line, marker));
    return true;
  }

  /** Reads the beginnings of new containers; with the first, all but the outermost `count` are closed. */
  readNew(line: MarkdownLine, count: number, endsParagraph: boolean): boolean {
    let isFirst = true;
    for (;;) {
      const marker = listMarkerAt(line, endsParagraph, this.#breaks);
      if (marker === null && !isQuote(line)) return !isFirst;
      if (isFirst) this.keep(count);
      isFirst = false;
      if (marker === null) {
        readQuotePrefix(line);
        this.#quotes.push(this.#open.length);
      }
      this.#open.push(marker === null ? blockQuote : readListMarker(line, marker));
    }
  }

  #passBlank(count: number): number {
    const innermost = this.#open[count - 1];
    const isReached = count === this.#open.length && innermost?.kind === "item";
    if (isReached && innermost.emptyLines > 0) innermost.emptyLines += 1;
    return count;
  }
}

function isQuote(line: MarkdownLine): boolean {
  return line.indent < 4 && line.codeAt(line.content) === greaterThan;
}

/** `>` with one column of blanks behind it, if there is one. */
function readQuotePrefix(line: MarkdownLine): void {
  line.readCharacters(1);
  if (line.indent > 0) line.readBlanks(1);
}
