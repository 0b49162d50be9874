import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FormatValue } from "./format-value.ts";
import { joinMarkdown, splitFrontmatter } from "./frontmatter.ts";
import { parseMarkdownDocument, setBody, setFrontmatterFields } from "./markdown-document.ts";
import { markdownSections } from "./sections.ts";
import { decodeText, encodeText } from "./text-shape.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus");
const isThere = existsSync(corpus);
if (!isThere) console.warn(`no corpus at ${corpus}: the tests over real files are skipped`);

function markdownFiles(): readonly { path: string; bytes: Uint8Array }[] {
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, bytes: new Uint8Array(readFileSync(path)) }));
}

test.skipIf(!isThere)(
  "real files are split without loss, and edits that change nothing change nothing",
  () => {
    const counts = { files: 0, strict: 0, lenient: 0, unreadable: 0, without: 0, sections: 0 };
    for (const { path, bytes } of markdownFiles()) {
      const text = decodeText(bytes);
      if (text === null) throw new Error(`${path} is not UTF-8`);
      expect(Buffer.compare(encodeText(text) ?? new Uint8Array(), bytes), path).toBe(0);
      counts.files += 1;
      const { fields, problem, lenient, parts } = parseMarkdownDocument(text);
      expect(joinMarkdown(parts)).toBe(text);
      expect(setBody(text, parts.body)).toEqual({ ok: true, text });
      if (problem !== null) counts.unreadable += 1;
      else if (fields === null) counts.without += 1;
      else if (lenient) counts.lenient += 1;
      else counts.strict += 1;
      const sections = markdownSections(text);
      counts.sections += sections.length;
      expect(sections.map(({ start, end }) => text.slice(start, end)).join("")).toBe(
        splitFrontmatter(text).body,
      );
      if (problem !== null) continue;
      expect(setFrontmatterFields(text, asFields(fields ?? {})), path).toEqual({ ok: true, text });
      const marked = setFrontmatterFields(text, { "x-added": "a: b\nc" });
      if (!marked.ok) throw new Error(`${path}: ${marked.problem.message}`);
      expect(parseMarkdownDocument(marked.text).fields).toEqual({ ...fields, "x-added": "a: b\nc" });
      if (fields === null) continue;
      expect(setFrontmatterFields(marked.text, { "x-added": undefined }), path).toEqual({ ok: true, text });
    }
    console.warn(`corpus: ${JSON.stringify(counts)}`);
    expect(counts.files).toBeGreaterThan(900);
    expect(counts.unreadable).toBeLessThan(counts.files / 100);
  },
);

/** Values as they come from YAML's core schema are ones that can be written. */
function asFields(fields: Readonly<Record<string, unknown>>): Record<string, FormatValue> {
  return JSON.parse(JSON.stringify(fields));
}
