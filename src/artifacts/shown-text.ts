const charactersMax = 60;

/**
 * A name from a file's content, fit for one line of a message: at most 60 characters, and nothing that breaks
 * the line, moves the cursor or turns the direction of the text.
 */
export function shownText(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu, " ").trim();
  return clean.length > charactersMax ? `${clean.slice(0, charactersMax)}...` : clean;
}
