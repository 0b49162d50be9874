/**
 * Makes text from files safe to print: a terminal obeys control characters, so a name or a diff could otherwise
 * move the cursor, set the title or hide what follows. Tab and line feed stay; the others become visible.
 */
export function visibleText(text: string): string {
  let visible = "";
  for (const character of text) visible += isObeyed(character) ? pictured(character) : character;
  return visible;
}

/** The same on one line: line feeds and tabs become blanks. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/[\r\n\t]+/g, " ").trim());
}

/** One line of a file as it is indented; tabs become blanks, so that columns can be laid out. */
export function exactLine(text: string): string {
  return visibleText(text.replace(/[\r\n]+/g, " ").replaceAll("\t", "    "));
}

/** C0 and C1 controls, and the marks that reorder bidirectional text (Unicode Technical Report 36, 3.4). */
function isObeyed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x09 || code === 0x0a) return false;
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

function pictured(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}
