import * as fc from "fast-check";
import { expect, test } from "vitest";
import { joinMarkdown, splitFrontmatter } from "./frontmatter.ts";
import { markdownText } from "./markdown-text.test-support.ts";

test("the parts put together are the text, whatever it is", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), markdownText), (text) => {
      expect(joinMarkdown(splitFrontmatter(text))).toBe(text);
    }),
    { numRuns: 5000 },
  );
});

test("a BOM and CRLF do not switch frontmatter off (BUGS D7)", () => {
  expect(splitFrontmatter("\uFEFF---\r\nname: x\r\n---\r\nbody\r\n")).toEqual({
    bom: "\uFEFF",
    frontmatter: { open: "---\r\n", yaml: "name: x\r\n", close: "---\r\n" },
    body: "body\r\n",
  });
});

test("blanks behind the fences, an empty frontmatter and a missing final newline are all right", () => {
  expect(splitFrontmatter("--- \n---\t").frontmatter).toEqual({ open: "--- \n", yaml: "", close: "---\t" });
  expect(splitFrontmatter("---\na: b\n---").body).toBe("");
});

test("--- in a block scalar, in a value and in longer lines ends no frontmatter", () => {
  const yaml = 'a: |\n  ---\n  more\nb: "---"\nc: x --- y\n----\n--- # no\n';
  expect(splitFrontmatter(`---\n${yaml}---\nbody`).frontmatter?.yaml).toBe(yaml);
});

test("a first line --- without a closing fence is a thematic break", () => {
  for (const text of [
    "---\ntext\n",
    "---",
    "---\n",
    "--- x\na: b\n---\n",
    "\n---\na: b\n---\n",
    " ---\na: b\n---\n",
  ]) {
    expect(splitFrontmatter(text)).toEqual({ bom: "", frontmatter: null, body: text });
  }
});
