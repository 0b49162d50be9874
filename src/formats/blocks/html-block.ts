import { isCompleteTag } from "./html-tag.ts";
import type { MarkdownLine } from "./markdown-line.ts";

/** What ends an HTML block: the end conditions of CommonMark 0.31, section 4.6, in their order there. */
export type HtmlEnd = "raw" | "comment" | "instruction" | "declaration" | "cdata" | "blank";

/** An HTML block that is open. */
export interface HtmlBlock {
  readonly kind: "html";
  readonly end: HtmlEnd;
  /** False for the seventh start condition, any complete tag, which does not end a paragraph. */
  readonly interrupts: boolean;
  /** From where on the end may stand. */
  readonly from: number;
}

const exclamation = 33;
const question = 63;
const slash = 47;

const rawNames: ReadonlySet<string> = new Set(["pre", "script", "style", "textarea"]);
const blockNames: ReadonlySet<string> = new Set(
  (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir " +
    "div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html " +
    "iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section summary " +
    "table tbody td tfoot th thead title tr track ul"
  ).split(" "),
);
/** As long as the longest of the names. */
const nameLengthMax = 10;

/** The HTML block that begins at the `<` at the line's content, by the seven start conditions; null for none. */
export function openingHtml(line: MarkdownLine): HtmlBlock | null {
  const { text, content, end } = line;
  const code = line.codeAt(content + 1);
  if (code === question) return block("instruction", content + 1);
  if (code === exclamation) {
    if (text.startsWith("--", content + 2)) return block("comment", content + 2);
    if (text.startsWith("[CDATA[", content + 2)) return block("cdata", content + 9);
    return isLetter(line.codeAt(content + 2)) ? block("declaration", content + 2) : null;
  }
  const closes = code === slash;
  const nameStart = content + (closes ? 2 : 1);
  if (!isLetter(line.codeAt(nameStart))) return null;
  let nameEnd = nameStart + 1;
  while (nameEnd < end && isNamePart(text.charCodeAt(nameEnd))) nameEnd += 1;
  const after = line.codeAt(nameEnd);
  if (nameEnd < end && !(after === slash || after === 62 || after === 32 || after === 9)) return null;
  const name = nameEnd - nameStart > nameLengthMax ? "" : text.slice(nameStart, nameEnd).toLowerCase();
  if (rawNames.has(name) && !closes && after !== slash) return block("raw", nameEnd);
  if (blockNames.has(name)) {
    return after === slash && line.codeAt(nameEnd + 1) !== 62 ? null : block("blank", nameEnd);
  }
  if (!isCompleteTag(text, nameEnd, end, closes)) return null;
  return { kind: "html", end: "blank", interrupts: false, from: nameEnd };
}

function block(end: HtmlEnd, from: number): HtmlBlock {
  return { kind: "html", end, interrupts: true, from };
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

function isNamePart(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === 45;
}
