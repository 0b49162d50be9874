import * as fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, test } from "vitest";
import { scanLiteralBlocks } from "./block-scan.ts";
import { blockText } from "./block-text.test-support.ts";
import { inlineConstructs } from "./reference-headings.test-support.ts";

interface Node {
  readonly type: string;
  readonly position?:
    | {
        readonly start: { readonly line: number };
        readonly end: { readonly line: number; readonly column: number };
      }
    | undefined;
  readonly children?: readonly Node[];
}

/** The lines, from 1, on which an independent parser has such a block. */
function referenceLines(text: string, type: string): ReadonlySet<number> {
  const lines = new Set<number>();
  const visit = (node: Node): void => {
    if (node.type === type && node.position !== undefined) {
      // A block that its container ends is over at the very beginning of the next line.
      const { line: last, column } = node.position.end;
      for (let line = node.position.start.line; line < last || (line === last && column > 1); line++)
        lines.add(line);
    }
    for (const child of node.children ?? []) visit(child);
  };
  visit(fromMarkdown(text, { extensions: [{ disable: { null: inlineConstructs } }] }));
  return lines;
}

function linesOf(
  text: string,
  ranges: readonly { readonly start: number; readonly end: number }[],
): Set<number> {
  const lines = new Set<number>();
  let offset = 0;
  for (const [index, line] of text.split(/(?<=\r\n|\n|\r(?!\n))/).entries()) {
    if (ranges.some(({ start, end }) => offset >= start && offset < end)) lines.add(index + 1);
    offset += line.length;
  }
  return lines;
}

/** Blank lines at the end of indented code belong to it or not: nobody sees which. */
function written(text: string, lines: ReadonlySet<number>): readonly number[] {
  const all = text.split(/\r\n|\n|\r/);
  return [...lines].filter((line) => /[^\s>]/.test(all[line - 1] ?? "")).sort((one, other) => one - other);
}

describe("code and HTML blocks", () => {
  test.each<[string, string, readonly number[], readonly number[]]>([
    ["fenced code, with its fences", "a\n```\n<!-- x -->\n```\nb\n", [2, 3, 4], []],
    ["fenced code in an item", "- a\n\n  ~~~\n  x\n  ~~~\nb\n", [3, 4, 5], []],
    ["a fence that is none: it is indented, and so code by itself", "\n    ```\nx\n", [2], []],
    [
      "a comment of one line, and one of several",
      "<!-- x -->\na\n\n<!--\ny\n\n-->\nb\n",
      [],
      [1, 4, 5, 6, 7],
    ],
    ["HTML up to a blank line", "<div>\n`x`\n\n`y`\n", [], [1, 2]],
  ])("%s", (_, text, code, html) => {
    const found = scanLiteralBlocks(text, 0);
    expect(written(text, linesOf(text, found.code))).toEqual(code);
    expect(
      [...linesOf(text, found.html)].filter(
        (line) => text.split("\n")[line - 1] !== "" || html.includes(line),
      ),
    ).toEqual(html);
  });

  test("code stands where an independent parser sees it", () => {
    fc.assert(
      fc.property(blockText, (text) => {
        const code = linesOf(text, scanLiteralBlocks(text, 0).code);
        expect(written(text, code)).toEqual(written(text, referenceLines(text, "code")));
      }),
      { numRuns: 2_000 },
    );
  });

  test("HTML stands where an independent parser sees it", () => {
    fc.assert(
      fc.property(blockText, (text) => {
        const html = linesOf(text, scanLiteralBlocks(text, 0).html);
        expect(written(text, html)).toEqual(written(text, referenceLines(text, "html")));
      }),
      { numRuns: 2_000 },
    );
  });
});
