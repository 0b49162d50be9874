import { escapeHidden, type ShownLine } from "./trust-finding.ts";

const shownCharactersMax = 240;
const contextCharacters = 60;

/** Lines of a text by offset. */
export class TextLines {
  readonly #text: string;
  readonly #starts: number[] = [0];
  readonly #firstLine: number;

  constructor(text: string, firstLine = 1) {
    this.#text = text;
    this.#firstLine = firstLine;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** Index of the line that holds `offset`, from 0. */
  indexOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The line without its end. */
  textAt(index: number): string {
    const start = this.#starts[index] ?? this.#text.length;
    const next = this.#starts[index + 1];
    const line = this.#text.slice(start, next === undefined ? this.#text.length : next - 1);
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  }

  startOf(index: number): number {
    return this.#starts[index] ?? this.#text.length;
  }

  /** The line around `offset` as it may be printed. */
  shownAt(offset: number): ShownLine {
    const index = this.indexOf(offset);
    const line = this.textAt(index);
    const from =
      line.length <= shownCharactersMax ? 0 : Math.max(0, offset - this.startOf(index) - contextCharacters);
    const cut = line.slice(from, from + shownCharactersMax).toWellFormed();
    const text = `${from > 0 ? "..." : ""}${escapeHidden(cut)}${from + shownCharactersMax < line.length ? "..." : ""}`;
    return { line: this.#firstLine + index, text };
  }

  /** Every line from that of `start` to that of `end`. */
  shownBetween(start: number, end: number): readonly ShownLine[] {
    const first = this.indexOf(start);
    const last = this.indexOf(Math.max(start, end - 1));
    return Array.from({ length: last - first + 1 }, (_, index) =>
      this.shownAt(Math.max(start, this.startOf(first + index))),
    );
  }
}
