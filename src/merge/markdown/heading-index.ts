import type { Section } from "../../formats/sections.ts";
import { splitLines } from "../lines/split-lines.ts";

/** Finds the headings over a line of a Markdown text: "Usage > Flags", empty before the first heading. */
export class HeadingIndex {
  readonly #starts: readonly number[];
  readonly #names: readonly string[];

  /** `sections` are those of the text, which has no frontmatter. */
  constructor(text: string, sections: readonly Section[]) {
    const starts: number[] = [];
    const lengths = splitLines(text).map(({ length }) => length);
    let line = 0;
    let offset = 0;
    for (const { start } of sections) {
      while (offset < start) {
        offset += lengths[line] ?? text.length;
        line += 1;
      }
      starts.push(line);
    }
    this.#starts = starts;
    this.#names = sections.map(({ path }) => path.join(" > "));
  }

  at(line: number): string {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    return this.#names[low - 1] ?? "";
  }
}
