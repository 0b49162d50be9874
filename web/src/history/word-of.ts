/** The word for a code that a server sent; a code that is newer than the page stands for itself. */
export function wordOf(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code;
}
