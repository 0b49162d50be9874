import displayWidth from "fast-string-width";

/** ASCII and stet's own glyphs: each takes one column. */
const narrow = /^[ -~·–−…✓✗↑↓⇅⊘→←]*$/;

/** Columns that a text takes in a terminal. For most texts that is their length, found without the tables. */
export function textWidth(text: string): number {
  return narrow.test(text) ? text.length : displayWidth(text);
}
