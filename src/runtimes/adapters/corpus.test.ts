import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { regularMode } from "../../domain/files.ts";
import { parseMarkdownDocument } from "../../formats/markdown-document.ts";
import { runtimes } from "../table/table.ts";
import { markdownMeaning } from "./markdown-meaning.ts";

// Real agents of public projects; they lie beside the repository and are not part of it.
const corpus = join(import.meta.dirname, "../../../../shared/corpus");
const folders = [
  { folder: "voltagent-subagents", pattern: "*/*.md", least: 100, blockedMost: 0.15 },
  { folder: "wshobson-agents", pattern: "*/agents/*.md", least: 100, blockedMost: 0.15 },
];

describe.each(folders)("agents of $folder", ({ folder, pattern, least, blockedMost }) => {
  const present = existsSync(join(corpus, folder));
  if (!present) console.warn(`SKIPPED: the corpus ${folder} is not there, so its agents were not tried`);

  const adapted = runtimes.flatMap(({ title, adapters }) =>
    adapters.agent === undefined ? [] : [{ title, adapter: adapters.agent }],
  );
  test.skipIf(!present).each(adapted)("to $title and back, the canonical bytes are unchanged", (to) => {
    const { title, adapter } = to;
    const paths = globSync(pattern, { cwd: join(corpus, folder) }).filter(
      (path) => !path.endsWith("README.md"),
    );
    expect(paths.length).toBeGreaterThan(least);
    const blocked: string[] = [];
    for (const path of paths) {
      const bytes = new Uint8Array(readFileSync(join(corpus, folder, path)));
      const name = path.slice(path.lastIndexOf("/") + 1, -".md".length);
      const artifact = { kind: "agent", name } as const;
      const files = new Map([[`agents/${name}.md`, { bytes, mode: regularMode }]]);
      const targetPath = () => `target/${name}`;
      const first = adapter.render({ artifact, files, present: new Map(), targetPath });
      if (first.outcome === "blocked") {
        blocked.push(`${path}: ${first.why}`);
        continue;
      }
      const second = adapter.render({ artifact, files, present: first.files, targetPath });
      expect(second).toEqual({ ...first, files: first.files });
      const back = adapter.parse({
        artifact,
        files: first.files,
        previous: files,
        canonicalPath: () => `agents/${name}.md`,
      });
      expect(back.outcome === "parsed" && back.files).toEqual(files);
    }
    console.info(`${folder}: ${paths.length - blocked.length} of ${paths.length} agents go to ${title}`);
    for (const line of blocked)
      expect(line).toMatch(/not valid YAML|no frontmatter|no `description`|not kebab-case/);
    expect(blocked.length / paths.length).toBeLessThan(blockedMost);
  });

  test.skipIf(!present)("a reformatted agent means the same, an edited one does not", () => {
    for (const path of globSync(pattern, { cwd: join(corpus, folder) })) {
      const bytes = new Uint8Array(readFileSync(join(corpus, folder, path)));
      const text = new TextDecoder().decode(bytes);
      const windows = new TextEncoder().encode(
        `\uFEFF${text.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n")}`,
      );
      expect(markdownMeaning(windows)).toBe(markdownMeaning(bytes));
      expect(markdownMeaning(new TextEncoder().encode(`${text}\n\nx`))).not.toBe(markdownMeaning(bytes));
      const { parts } = parseMarkdownDocument(text);
      if (parts.frontmatter === null) continue;
      const renamed = new TextEncoder().encode(text.replace(/^name:.*$/m, "name: other"));
      if (/^name:/m.test(parts.frontmatter.yaml)) {
        expect(markdownMeaning(renamed)).not.toBe(markdownMeaning(bytes));
      }
    }
  });
});
