import displayWidth from "fast-string-width";

/** Columns that a text takes in a terminal. Most texts are plain ASCII, where that is the length. */
export function textWidth(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : displayWidth(text);
}
