/**
 * A cursor over the lines of a Markdown text, and over the one line that it stands on.
 *
 * Invariants
 * - `start <= content <= end <= next`, and `content` is the first unread character that is no blank.
 * - `column <= contentColumn`: what is read ends at `column`, in columns counted from the line's start, a tab
 *   reaching to the next multiple of four (CommonMark 0.31, section 2.2). So half a tab can be read.
 * - No character is looked for twice: the time over all lines is linear in the text's length, however deep
 *   containers are nested.
 */
export class MarkdownLine {
  readonly text: string;
  start = 0;
  content = 0;
  /** Where the line end begins: `\n`, `\r\n` or a lone `\r` (section 2.1). */
  end = 0;
  next: number;
  column = 0;
  contentColumn = 0;
  #lineFeed = -1;
  #carriageReturn = -1;

  constructor(text: string, from: number) {
    this.text = text;
    this.next = from;
  }

  /** Goes to the next line; false when there is none. */
  advance(): boolean {
    const { text, next: start } = this;
    if (start >= text.length) return false;
    if (this.#lineFeed < start) this.#lineFeed = indexOrEnd(text, "\n", start);
    if (this.#carriageReturn < start) this.#carriageReturn = indexOrEnd(text, "\r", start);
    this.start = start;
    this.end = Math.min(this.#lineFeed, this.#carriageReturn);
    const isPair = this.#carriageReturn + 1 === this.#lineFeed && this.#lineFeed < text.length;
    this.next = Math.min(isPair ? this.#lineFeed + 1 : this.end + 1, text.length);
    this.column = 0;
    this.#measure(start, 0);
    return true;
  }

  /** Columns of blanks between what is read and `content`. */
  get indent(): number {
    return this.contentColumn - this.column;
  }

  /** True where nothing but blanks is left. */
  get isBlank(): boolean {
    return this.content === this.end;
  }

  /** The character at `offset`, -1 at the line's end. */
  codeAt(offset: number): number {
    return offset < this.end ? this.text.charCodeAt(offset) : -1;
  }

  /** Reads that many columns of blanks, of which there are as many. */
  readBlanks(columns: number): void {
    this.column += columns;
  }

  /** Reads the blanks left and that many characters, none of them a tab. */
  readCharacters(count: number): void {
    this.column = this.contentColumn + count;
    this.#measure(this.content + count, this.column);
  }

  #measure(offset: number, column: number): void {
    const { text, end } = this;
    let content = offset;
    let contentColumn = column;
    for (; content < end; content++) {
      const code = text.charCodeAt(content);
      if (code === 32) contentColumn += 1;
      else if (code === 9) contentColumn += 4 - (contentColumn % 4);
      else break;
    }
    this.content = content;
    this.contentColumn = contentColumn;
  }
}

function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index < 0 ? text.length : index;
}

/** A space or a tab, as character codes. */
export function isBlankCode(code: number): boolean {
  return code === 32 || code === 9;
}

/** The first offset from `offset` on, at most `end`, without a blank. */
export function behindBlanks(text: string, offset: number, end: number): number {
  let behind = offset;
  while (behind < end && isBlankCode(text.charCodeAt(behind))) behind += 1;
  return behind;
}

/** The first offset from `offset` on, at most `end`, without this character. */
export function behindRun(text: string, offset: number, end: number, code: number): number {
  let behind = offset;
  while (behind < end && text.charCodeAt(behind) === code) behind += 1;
  return behind;
}
