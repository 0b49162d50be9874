// A text as an editor shows it, and back: editors know one kind of line end.
//
// Invariant: `fromView(viewOf(text), text)` is `text`, for every text that can be shown.

/** Whether an editor can hold the text without changing its line ends. */
export function hasOneLineEnd(text: string): boolean {
  return !text.includes("\r") || !/\r(?!\n)|(?<!\r)\n/.test(text);
}

export function viewOf(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** What stands in an editor, with the line ends of the text that it was made from. */
export function fromView(shown: string, origin: string): string {
  return origin.includes("\r\n") ? shown.replaceAll("\n", "\r\n") : shown;
}
