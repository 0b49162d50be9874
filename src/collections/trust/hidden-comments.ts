/**
 * Comments in Markdown: a page does not show them, and every agent reads them.
 *
 * - What stands in code is shown as it is written, and is no comment.
 * - What says nothing to a reader passes: a tool's mark (`<!-- prettier-ignore -->`), a label of one or two words.
 *   There is no list of bad words: any sentence that a page hides is shown, in whatever language.
 * - Where it is unclear whether a page would show something, it counts as hidden.
 */
import { scanLiteralBlocks } from "../../formats/blocks/block-scan.ts";
import type { TextRange } from "../../formats/document-layout.ts";
import { splitFrontmatter } from "../../formats/frontmatter.ts";
import { TextLines } from "./text-lines.ts";
import { type TrustFinding, trustFinding } from "./trust-finding.ts";

/** Words of a label; more are a sentence. */
const labelWordsMax = 2;
const toolMark =
  /^\s*(?:prettier-ignore(?:-start|-end)?|(?:markdownlint|textlint|vale|alex|remark|eslint|cspell|spellchecker|lint)[-: ](?:disable|enable|ignore|capture|restore|configure)[\w\s.,:-]*|(?:toc|tocstop|\/?toc)|#?(?:end)?region\b[\w\s.-]{0,40}|more|omit in toc|truncate|SPDX-[\w-]+: [\w .+-]{1,60})\s*$/i;

/** One finding for each comment of a Markdown text that says something. */
export function commentFindings(path: string, text: string): readonly TrustFinding[] {
  if (!text.includes("<!")) return [];
  const comments = hiddenComments(text);
  const lines = new TextLines(text);
  return comments.map(({ start, end }) =>
    trustFinding("hidden-comment", path, {
      message: "a comment that a page does not show and an agent reads",
      lines: lines.shownBetween(start, end),
      evidence: [text.slice(start, end)],
    }),
  );
}

function hiddenComments(text: string): readonly TextRange[] {
  const { bom, frontmatter, body } = splitFrontmatter(text);
  const bodyStart = frontmatter === null ? bom.length : text.length - body.length;
  const { code, html } = scanLiteralBlocks(text, bodyStart);
  const comments: TextRange[] = [];
  let from = bodyStart;
  for (;;) {
    const start = text.indexOf("<!--", from);
    if (start === -1) return comments;
    const block = rangeAt(code, start);
    if (block !== null) {
      from = block.end;
      continue;
    }
    const end = commentEnd(text, start);
    const shown = rangeAt(html, start) === null ? codeSpanAround(text, start) : null;
    if (shown !== null && shown.end >= end) from = shown.end;
    else {
      if (saysSomething(text.slice(start, end))) comments.push({ start, end });
      from = end;
    }
  }
}

/** Without an end, everything that follows is hidden. */
function commentEnd(text: string, start: number): number {
  const end = text.indexOf("-->", start + 4);
  return end === -1 ? text.length : end + 3;
}

function saysSomething(comment: string): boolean {
  const inner = comment.slice(4).replace(/-->$/, "");
  if (toolMark.test(inner)) return false;
  const words = inner.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’_.-]*/gu) ?? [];
  // Scripts without blanks between words: a few characters say a sentence.
  const isDense =
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]{5}/u;
  return words.length > labelWordsMax || isDense.test(inner);
}

function rangeAt(ranges: readonly TextRange[], offset: number): TextRange | null {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range.start <= offset ? range : null;
}

/** The code span of one line that `offset` stands in (CommonMark 0.31, section 6.1). */
function codeSpanAround(text: string, offset: number): TextRange | null {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const newline = text.indexOf("\n", offset);
  const line = text.slice(lineStart, newline === -1 ? text.length : newline);
  const runs = [...line.matchAll(/`+/g)].map(({ index, 0: run }) => ({ index, length: run.length }));
  for (let open = 0; open < runs.length; open++) {
    const first = runs[open];
    if (first === undefined || lineStart + first.index > offset) return null;
    if (isEscaped(line, first.index)) continue;
    const close = runs.findIndex((run, index) => index > open && run.length === first.length);
    const last = runs[close];
    if (last === undefined) continue;
    const end = lineStart + last.index + last.length;
    if (end > offset) return { start: lineStart + first.index, end };
    open = close;
  }
  return null;
}

function isEscaped(line: string, index: number): boolean {
  let slashes = 0;
  while (line[index - 1 - slashes] === "\\") slashes += 1;
  return slashes % 2 === 1;
}
