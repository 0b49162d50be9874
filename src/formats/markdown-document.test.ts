import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { EditResult } from "./format-value.ts";
import { joinMarkdown, splitFrontmatter } from "./frontmatter.ts";
import { parseMarkdownDocument, setBody, setFrontmatterFields } from "./markdown-document.ts";
import { markdownText } from "./markdown-text.test-support.ts";

const text =
  "\uFEFF---\r\n# who\r\nname:   'x'   # quoted\r\ntools: [Read,  Grep]\r\ndescription: >-\r\n  long\r\n  text\r\n---\r\n\r\nBody $& $1 $$\r\n";

function textOf(result: EditResult): string {
  expect(result).toMatchObject({ ok: true });
  return result.ok ? result.text : "";
}

test("an edit touches only its key: comments, quotes, line ends, BOM and body stay (BUGS F4, D7)", () => {
  expect(textOf(setFrontmatterFields(text, { tools: ["Read"] }))).toBe(
    text.replace("[Read,  Grep]", () => "[Read]"),
  );
  expect(textOf(setFrontmatterFields(text, { name: "y" }))).toBe(
    text.replace("'x'", "'y'").replace("   'y'", " 'y'"),
  );
  expect(textOf(setFrontmatterFields(text, { model: "opus" }))).toBe(
    text.replace("  text\r\n", "  text\r\nmodel: opus\r\n"),
  );
  expect(textOf(setFrontmatterFields(text, { tools: undefined }))).toBe(
    text.replace("tools: [Read,  Grep]\r\n", ""),
  );
});

test("setting what is there returns the identical text", () => {
  expect(
    textOf(setFrontmatterFields(text, { name: "x", tools: ["Read", "Grep"], description: "long text" })),
  ).toBe(text);
  expect(textOf(setFrontmatterFields("no frontmatter", { name: undefined }))).toBe("no frontmatter");
});

test("replacement patterns in a body or value are text (BUGS F2)", () => {
  const body = "$& $1 $` $' $$ \\1";
  const changed = textOf(setBody(text, body));
  expect(splitFrontmatter(changed).body).toBe(body);
  expect(textOf(setBody(changed, splitFrontmatter(text).body))).toBe(text);
  const valued = textOf(setFrontmatterFields(text, { name: body }));
  expect(parseMarkdownDocument(valued).fields).toMatchObject({ name: body });
});

test("line breaks and fences in a value inject no field and end no frontmatter (BUGS F2)", () => {
  for (const value of ["a\n---\ninjected: true", "---\n", "\n---\n", "x\r\n---\r\ny", "a: b # c"]) {
    for (const before of [text, "plain\n", "---\n---\nbody"]) {
      const after = parseMarkdownDocument(textOf(setFrontmatterFields(before, { description: value })));
      expect(after.fields).toMatchObject({ description: value });
      expect(after.fields).not.toHaveProperty("injected");
      expect(after.parts.body).toBe(parseMarkdownDocument(before).parts.body);
    }
  }
});

test("a text without frontmatter gets one, in its own line ends and behind its BOM", () => {
  expect(textOf(setFrontmatterFields("\uFEFF# Title\r\n", { name: "x" }))).toBe(
    "\uFEFF---\r\nname: x\r\n---\r\n# Title\r\n",
  );
  expect(textOf(setFrontmatterFields("", { name: "x", no: undefined }))).toBe("---\nname: x\n---\n");
});

test("a value with a colon is read leniently, and said to be; an edit of another key leaves it alone", () => {
  const broken = "---\nname: x\ndescription: Use when: it's needed\nargument-hint: [a] [b]\n---\nbody";
  const document = parseMarkdownDocument(broken);
  expect(document).toMatchObject({ lenient: true, problem: null });
  expect(document.fields).toEqual({
    name: "x",
    description: "Use when: it's needed",
    "argument-hint": "[a] [b]",
  });
  expect(textOf(setFrontmatterFields(broken, { name: "z" }))).toBe(broken.replace("name: x", "name: z"));
  expect(textOf(setFrontmatterFields(broken, { description: "fine" }))).toBe(
    broken.replace("Use when: it's needed", "'fine'"),
  );
});

test("what cannot be read has a problem with its line in the whole text, and is not edited", () => {
  const broken = "---\nname: x\ntools:\n  - [\n---\nbody";
  const { fields, problem } = parseMarkdownDocument(broken);
  expect(fields).toBeNull();
  expect(problem?.line).toBeGreaterThanOrEqual(4);
  expect(setFrontmatterFields(broken, { name: "y" })).toMatchObject({ ok: false });
  expect(parseMarkdownDocument("---\njust text\n---\n").problem).not.toBeNull();
});

test("a duplicate key and an alias bomb end in a problem", () => {
  expect(parseMarkdownDocument("---\nname: x\nname: y\n---\n").problem).toMatchObject({ line: 3, column: 1 });
  const levels = Array.from(
    { length: 12 },
    (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index}, `.repeat(9)}*a${index}]`,
  );
  const bomb = `---\na0: &a0 lol\n${levels.join("\n")}\n---\n`;
  const started = performance.now();
  expect(parseMarkdownDocument(bomb)).toMatchObject({
    fields: null,
    problem: { message: expect.stringContaining("alias") },
  });
  const many = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1\n`).join("");
  expect(parseMarkdownDocument(`---\n${many}---\n`).problem).toBeNull();
  expect(performance.now() - started).toBeLessThan(10_000);
});

test("setBody replaces the body only, and refuses one that would be split elsewhere", () => {
  expect(setBody("plain", "---\na: b\n---\n")).toMatchObject({ ok: false });
  expect(textOf(setBody("---\na: b\n---", "body"))).toBe("---\na: b\n---\nbody");
  expect(textOf(setBody("---\r\na: b\r\n---", "body"))).toBe("---\r\na: b\r\n---\r\nbody");
});

test("reading and editing are total and keep what they do not name", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    markdownText,
    fc.integer(),
    fc.array(fc.string(), { maxLength: 3 }),
  );
  fc.assert(
    fc.property(
      fc.oneof(markdownText, fc.string({ unit: "binary" }), fc.constant(text)),
      value,
      (before, added) => {
        const old = parseMarkdownDocument(before);
        expect(joinMarkdown(old.parts)).toBe(before);
        const result = setFrontmatterFields(before, { "new-key": added });
        expect(result.ok).toBe(old.problem === null);
        if (!result.ok) return;
        const now = parseMarkdownDocument(result.text);
        expect(now.fields).toEqual({ ...old.fields, "new-key": added });
        expect(now.parts).toMatchObject({ bom: old.parts.bom, body: old.parts.body });
        if (old.parts.frontmatter === null) return;
        expect(setFrontmatterFields(result.text, { "new-key": undefined })).toEqual({
          ok: true,
          text: before,
        });
      },
    ),
    { numRuns: 3000 },
  );
});
