import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scanHeadings } from "./block-scan.ts";
import { blockText, brokenBlockText } from "./block-text.test-support.ts";
import { referenceHeadings } from "./reference-headings.test-support.ts";

function titles(text: string): readonly string[] {
  return scanHeadings(text, 0).map(({ depth, title }) => `${depth} ${title}`);
}

describe("headings", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "marked, with closing marks (4.2)",
      "# a\n ## b ##\n   ### c #\n#\n####### no\n#no",
      ["1 a", "2 b", "3 c", "1 "],
    ],
    ["not indented by four columns", "    # a\n\t# b\n", []],
    ["underlined (4.3)", "a\nb\n===\nc\n--\n", ["1 a b", "2 c"]],
    ["not of a thematic break, nor of a lone underline (4.1)", "***\n---\n\n===\n", []],
    ["whose text begins with a mark", "#a\n===\n", ["1 #a"]],
    ["not in fenced code (4.5)", "````\n# a\n```\n~~~~\n# b\n````` \n# c\n", ["1 c"]],
    ["behind a fence that is none", "``` `\n# a\n", ["1 a"]],
    ["in an item that begins behind code, which an empty quote does not take in", ">\n\ta\n10) a\n===\n", []],
    ["not in indented code (4.4)", "    a\n\n    b\n===\n", []],
    ["not in HTML up to its end (4.6)", "<!-- \n# a\n\n# b --> c\n# d\n", ["1 d"]],
    ["not in an HTML block up to a blank line", "<div>\n# a\n\n# b\n", ["1 b"]],
    ["behind a tag that is none (6.6)", "<b c='d'e>\n# a\n\n<b c=d'>\n# b\n", ["1 a", "1 b"]],
    ["behind a tag that ends no paragraph", "a\n<b>\n# c\n", ["1 c"]],
    ["not of link reference definitions (4.7)", "[a]: b 'c\nd'\n===\n", []],
    ["behind definitions", "[a]: b\n[c]: d\ne\n===\n", ["1 e"]],
    ["of what is almost a definition", "[a]: b c\n===\n", ["1 [a]: b c"]],
    ["not in quotations and items (5)", "> # a\n\n- # b\n\n  # c\n\n1. d\n   ===\n", []],
    ["behind them", "> # a\n# b\n- # c\n# d\n", ["1 b", "1 d"]],
    ["not of a paragraph in a container", "> a\n===\n- b\n===\n", []],
    ["of a dash that begins no item", "a\n-\n", ["2 a"]],
    ["not behind an item's blank line", "- a\n\n  # b\n", []],
    ["behind an item that is empty", "-\n\n  # b\n", ["1 b"]],
    ["behind a fence that its container ends", "> ```\n# a\n", ["1 a"]],
    ["in lines of all ends (2.1)", "# a\r\n# b\r# c\nd\r===", ["1 a", "1 b", "1 c", "1 d"]],
    ["by the columns of tabs (2.2)", "-\ta\n\n\t# b\n\n # c\n", ["1 c"]],
  ])("%s", (_, text, expected) => {
    expect(titles(text)).toEqual(expected);
    expect(scanHeadings(text, 0)).toEqual(referenceHeadings(text));
  });

  test("are those of an independent parser, whatever the blocks", () => {
    let found = 0;
    fc.assert(
      fc.property(fc.oneof(blockText, brokenBlockText), (text) => {
        const headings = scanHeadings(text, 0);
        found += headings.length;
        expect(headings).toEqual(referenceHeadings(text));
      }),
      { numRuns: 8_000 },
    );
    expect(found).toBeGreaterThan(1_000);
  }, 120_000);
});

// Each takes milliseconds; were one of them quadratic, it would take longer than the test is given.
describe("time is linear in", () => {
  const many = 100_000;
  test.each<[string, string]>([
    ["quotations", `${">".repeat(many)}\n`.repeat(3)],
    ["items", `${"- ".repeat(many)}a`],
    ["items of two kinds", `${"* - ".repeat(many)}a`],
    ["numbered items", `${"1. ".repeat(many)}a`],
    ["blank lines in nested items", `${"- ".repeat(many)}a${"\n".repeat(many)}`],
    ["blank lines in nested items and quotations", `${"- > ".repeat(many)}a${"\n- >".repeat(many)}`],
    ["blanks before an item's lines", `${"- ".repeat(many)}a\n${" ".repeat(2 * many)}b\n`.repeat(3)],
    ["brackets", "[".repeat(many)],
    ["brackets on lines", "[\n".repeat(many)],
    ["definitions without a title's end", `${"[a]: b (\n".repeat(many)}===`],
    ["definitions without a label's end", `${"[a\n".repeat(many)}===`],
    ["backticks", "`".repeat(many)],
    ["fences that are none", "```a`\n".repeat(many)],
    ["comments without end", "> <!--\n\n".repeat(many)],
    ["other HTML without end", "> <![CDATA[]]]>\n\n> <?\n\n> <pre>\n\n> <!a\n\n".repeat(many)],
    ["brackets that end no CDATA", `<![CDATA[${"]]]>".repeat(many)}${"]".repeat(many)}`],
    ["attributes", `<a${" b='c'".repeat(many)}\n`],
    ["quotes in attributes", `<a b=${"'\"".repeat(many)}\n`],
    ["unfinished tags", "<a b='\n".repeat(many)],
    ["carriage returns", `${"a\r".repeat(many)}\n`],
    ["headings", "# a\n".repeat(many)],
    ["underlined lines", "a\n".repeat(many).concat("===\n")],
    ["closing marks", `# a ${"# ".repeat(many)}b`],
    ["blanks", `# ${" ".repeat(many)}b`],
  ])("%s", (_, text) => {
    const headings = scanHeadings(text, 0);
    expect(headings.every(({ start, contentStart }) => start < contentStart)).toBe(true);
  });
});
