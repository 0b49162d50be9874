import * as fc from "fast-check";
import { expect, test } from "vitest";
import { splitFrontmatter } from "./frontmatter.ts";
import { markdownText } from "./markdown-text.test-support.ts";
import { markdownSections } from "./sections.ts";

function outline(text: string): string[] {
  return markdownSections(text).map(
    ({ path, ordinal, start, end }) =>
      `${path.join(" > ")} ${ordinal} ${JSON.stringify(text.slice(start, end))}`,
  );
}

test("no text is lost: before the first heading, in code fences, under duplicate headings (BUGS F3)", () => {
  const text =
    "---\na: b\n---\nintro\n# A\none\n```md\n# not a heading\n```\n## X\ntwo\n## X\nthree\n# A\n## X\nfour";
  expect(outline(text)).toEqual([
    ' 0 "intro\\n"',
    'A 0 "# A\\none\\n```md\\n# not a heading\\n```\\n"',
    'A > X 0 "## X\\ntwo\\n"',
    'A > X 1 "## X\\nthree\\n"',
    'A 1 "# A\\n"',
    'A > X 2 "## X\\nfour"',
  ]);
});

test("underlined headings, closing marks and indentation are headings; HTML blocks, lists and quotations hold none", () => {
  const text =
    "Title\nof two *lines*\n===\n\n<div>\n# no\n</div>\n\n- # no\n\n> # no\n\n    # no\n\n  ## `b` ##  \nx\n### c#\n#\n#no\n\\# no";
  expect(markdownSections(text).map(({ path }) => path)).toEqual([
    [],
    ["Title of two *lines*"],
    ["Title of two *lines*", "`b`"],
    ["Title of two *lines*", "`b`", "c#"],
    [""],
  ]);
});

test("the content begins behind the heading's lines", () => {
  const text = "A\n---\none\n# B\r\ntwo";
  expect(markdownSections(text).map(({ contentStart, end }) => text.slice(contentStart, end))).toEqual([
    "",
    "one\n",
    "two",
  ]);
});

test("the sections' slices are exactly the body, whatever the text", () => {
  fc.assert(
    fc.property(fc.oneof(markdownText, fc.string({ unit: "binary" })), (text) => {
      const sections = markdownSections(text);
      expect(sections.map(({ start, end }) => text.slice(start, end)).join("")).toBe(
        splitFrontmatter(text).body,
      );
      const names = sections.map(({ path, ordinal }) => JSON.stringify([path, ordinal]));
      expect(new Set(names).size).toBe(names.length);
      for (const { start, contentStart, end } of sections) {
        expect(start <= contentStart && contentStart <= end).toBe(true);
      }
    }),
    { numRuns: 3000 },
  );
});

test("a text of any length and depth has its sections", () => {
  const long = "# A\n\ntext\n\n".repeat(300_000);
  expect(markdownSections(long)).toHaveLength(300_001);
  const deep = `${"> ".repeat(20_000)}a\n\n# B\n`;
  expect(markdownSections(deep).map(({ path }) => path)).toEqual([[], ["B"]]);
});

test("a second byte order mark is in front of the first line", () => {
  const text = "\uFEFF\uFEFF# A\n";
  expect(outline(text)).toEqual([' 0 "\uFEFF"', 'A 0 "# A\\n"']);
});
