/**
 * Bringing an edited text back into the body of a Markdown file.
 *
 * Invariants:
 * - `plainText(spliceBody(body, text, end))` is `plainText(text)`, where `plainText(body)` is not empty;
 * - with a text that says what the body says, the body comes back as it was, byte for byte;
 * - lines that stay keep their own line ends; the blanks around the content stay.
 */

/** A text without what carries no meaning: line ends are `\n`, no blank lines before it, nothing blank after. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();
}

/** Puts the lines of `text` in the place of the body's; `lineEnd` is for lines that are new. */
export function spliceBody(body: string, text: string, lineEnd: string): string {
  const wanted = plainText(text).split("\n");
  const { lead, lines, tail } = contentLines(body);
  const prefix = commonLength(lines.length, wanted.length, (at) => lines[at]?.text === wanted[at]);
  const rest = Math.min(lines.length, wanted.length) - prefix;
  const suffix = commonLength(
    rest,
    rest,
    (at) => lines[lines.length - 1 - at]?.text === wanted[wanted.length - 1 - at],
  );
  let result = lead;
  for (const [at, line] of wanted.entries()) {
    const fromEnd = wanted.length - at;
    const kept = at < prefix ? at : fromEnd <= suffix ? lines.length - fromEnd : null;
    const end = kept === null || kept === lines.length - 1 ? lineEnd : (lines[kept]?.end ?? lineEnd);
    const next = line + (at === wanted.length - 1 ? tail : end);
    // An old line end of a lone CR and the LF of a new empty line would be read as one.
    if (result.endsWith("\r") && next.startsWith("\n")) result = result.slice(0, -1) + lineEnd;
    result += next;
  }
  return result;
}

interface Line {
  readonly text: string;
  readonly end: string;
}

/** The lines of the content; `lead` are the blank lines before it, `tail` all that is blank after it. */
function contentLines(body: string): { lead: string; lines: readonly Line[]; tail: string } {
  const content = body.trimEnd();
  const tail = body.slice(content.length);
  const lines = content.split(/(\r\n|\r|\n)/);
  const paired: Line[] = [];
  for (let at = 0; at < lines.length; at += 2) {
    paired.push({ text: lines[at] ?? "", end: lines[at + 1] ?? "" });
  }
  const first = paired.findIndex(({ text }) => !/^[ \t]*$/.test(text));
  const lead = paired.slice(0, Math.max(first, 0));
  return {
    lead: lead.map(({ text, end }) => text + end).join(""),
    lines: paired.slice(lead.length),
    tail,
  };
}

function commonLength(one: number, other: number, same: (at: number) => boolean): number {
  let length = 0;
  while (length < one && length < other && same(length)) length += 1;
  return length;
}
