import { isBlankCode, type MarkdownLine } from "./markdown-line.ts";

/**
 * Thematic breaks (CommonMark 0.31, section 4.1): three or more `*`, `-` or `_` of one kind and blanks.
 *
 * Before each bullet a break must be ruled out. What ended the last look is remembered, so that a line of
 * many bullets takes linear time.
 */
export class ThematicBreaks {
  #marker = 0;
  #from = 0;
  /** Between `#from` and this stand only markers and blanks, and here another character. */
  #stranger = 0;

  /** True when the line, from its content on, is a thematic break of the character there. */
  isAt({ text, content, end }: MarkdownLine): boolean {
    const marker = text.charCodeAt(content);
    if (marker === this.#marker && this.#from <= content && content < this.#stranger) return false;
    let markers = 0;
    for (let offset = content; offset < end; offset++) {
      const code = text.charCodeAt(offset);
      if (code === marker) markers += 1;
      else if (!isBlankCode(code)) {
        this.#marker = marker;
        this.#from = content;
        this.#stranger = offset;
        return false;
      }
    }
    return markers >= 3;
  }
}
