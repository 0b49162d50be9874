import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pathOf } from "../domain/paths.ts";
import { markdown, versions } from "./documents.test-support.ts";
import type { ThreeOf } from "./lines/three-way.ts";
import { merge } from "./merge.ts";
import { mergeFileWith } from "./merge-file.ts";
import type { TextFormat, TextMerge } from "./merge-types.ts";

const runs = { numRuns: 1000 };

function merged(texts: ThreeOf<string>, format: TextFormat = "markdown"): TextMerge {
  return merge(texts, { format });
}

/** Lines that say something, without their shape. */
function inOrder(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}

function saidLines(text: string): string[] {
  return inOrder(text).sort();
}

/** Structure stands in many places: which one a side removed can be read in two ways. */
function isSaidOnce(line: string): boolean {
  return /\p{L}/u.test(line) && !line.startsWith("```") && !line.startsWith("<");
}

function standsOnce(text: string): boolean {
  const lines = inOrder(text);
  return new Set(lines).size === lines.length;
}

function counts(text: string): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const line of saidLines(text)) all.set(line, (all.get(line) ?? 0) + 1);
  return all;
}

describe("whatever two writers did", () => {
  test("swapped sides merge or ask alike, and hold the same lines", () => {
    fc.assert(
      fc.property(versions, (texts) => {
        const one = merged(texts);
        const other = merged({ base: texts.base, yours: texts.theirs, theirs: texts.yours });
        expect(other.units.length > 0).toBe(one.units.length > 0);
        if (one.units.length > 0) return;
        expect(saidLines(other.text)).toEqual(saidLines(one.text));
        const isArbitrary = one.decisions.some(({ mark }) => mark === "order");
        if (!isArbitrary) expect(inOrder(other.text)).toEqual(inOrder(one.text));
      }),
      runs,
    );
  });

  test("one side unchanged gives the other, byte for byte, and equal sides are done", () => {
    fc.assert(
      fc.property(markdown, markdown, (base, side) => {
        expect(merged({ base, yours: side, theirs: base })).toMatchObject({ text: side, units: [] });
        expect(merged({ base, yours: base, theirs: side })).toMatchObject({ text: side, units: [] });
        expect(merged({ base, yours: side, theirs: side })).toMatchObject({ text: side, units: [] });
      }),
      runs,
    );
  });

  test("every line of a side is in the result or in a unit, was removed by the other, or was merged inside", () => {
    fc.assert(
      fc.property(versions, (texts) => {
        const { text, units, decisions } = merged(texts);
        const isInside = decisions.some(({ rule, mark }) => rule === "R2" || mark === "look");
        if (isInside) return;
        const kept = counts(
          [text, ...units.flatMap((unit) => [unit.yours ?? "", unit.theirs ?? ""])].join("\n"),
        );
        const [base, yours, theirs] = [texts.base, texts.yours, texts.theirs].map(counts);
        for (const line of new Set([...saidLines(texts.yours), ...saidLines(texts.theirs)])) {
          if (!isSaidOnce(line)) continue;
          const [b, y, t] = [base, yours, theirs].map((side) => side?.get(line) ?? 0);
          if (b === undefined || y === undefined || t === undefined) continue;
          const least = y >= b && t >= b ? Math.max(y, t) : y + t - b;
          expect({ line, count: kept.get(line) ?? 0, isKept: (kept.get(line) ?? 0) >= least }).toMatchObject({
            isKept: true,
          });
        }
      }),
      runs,
    );
  });

  test("merging a clean result with either side again gives it", () => {
    fc.assert(
      fc.property(versions, (texts) => {
        const { text, units } = merged(texts);
        if (units.length > 0 || ![texts.base, texts.yours, texts.theirs].every(standsOnce)) return;
        for (const side of [texts.yours, texts.theirs]) {
          const again = merged({ base: texts.base, yours: side, theirs: text });
          expect(again.units).toEqual([]);
          expect(saidLines(again.text)).toEqual(saidLines(text));
        }
      }),
      runs,
    );
  });

  test("choosing a side at every unit leaves nothing to ask, and does not depend on the order", () => {
    fc.assert(
      fc.property(versions, fc.constantFrom("yours" as const, "theirs" as const), (texts, side) => {
        const first = merged(texts);
        const choices = new Map(first.units.map(({ key }) => [key, side] as const));
        const settled = merge(texts, { format: "markdown", choices });
        expect(settled.units).toEqual([]);
        if (side === "theirs") expect(settled.text).toBe(first.text);
      }),
      runs,
    );
  });
});

describe("edits that have nothing to do with one another", () => {
  const word = fc.stringMatching(/^[a-z]{3,8}$/);
  const document = fc.array(word, { minLength: 4, maxLength: 8 });
  const two = fc.tuple(fc.nat(100), fc.nat(100));

  /** Base with the parts at these places written by each side. */
  function each(
    parts: readonly string[],
    [first, second]: readonly [number, number],
    join: (parts: readonly string[]) => string,
  ) {
    const yours = first % parts.length;
    const theirs = (yours + 1 + (second % (parts.length - 1))) % parts.length;
    const by = (...who: readonly (readonly [number, string])[]) =>
      join(
        parts.map((part, at) =>
          who.reduce((text, [place, name]) => (place === at ? `${text} ${name}` : text), `${part} ${at}`),
        ),
      );
    return {
      texts: { base: by(), yours: by([yours, "mine"]), theirs: by([theirs, "other"]) },
      both: by([yours, "mine"], [theirs, "other"]),
    };
  }

  test.each<readonly [string, (parts: readonly string[]) => string]>([
    ["sections", (parts) => parts.map((part, at) => `## Part ${at}\n\nText of ${part}\n\n`).join("")],
    [
      "headings",
      (parts) => parts.map((part, at) => `## ${part}\n\nThe same text, number ${at}.\n\n`).join(""),
    ],
    ["members of a list", (parts) => `# All\n\n${parts.map((part) => `- ${part}\n`).join("")}\nEnd.\n`],
    ["tasks", (parts) => `${parts.map((part) => `- [ ] ${part}\n`).join("")}`],
    [
      "rows of a table",
      (parts) => `| name | x |\n| --- | --- |\n${parts.map((part) => `| ${part} | x |\n`).join("")}`,
    ],
    ["paragraphs", (parts) => parts.map((part) => `Now ${part}\n`).join("\n")],
    ["sentences", (parts) => `${parts.map((part) => `Now ${part}.`).join(" ")}\n`],
    ["sentences in Korean", (parts) => `${parts.map((part) => `이제 ${part}.`).join(" ")}\n`],
    ["sentences in Japanese", (parts) => `${parts.map((part) => `今は${part}。`).join("")}\n`],
    [
      "keys of the frontmatter",
      (parts) => `---\n${parts.map((part, at) => `key${at}: ${part}\n`).join("")}---\nText.\n`,
    ],
  ])("%s never stop a merge", (_what, join) => {
    fc.assert(
      fc.property(document, two, (parts, places) => {
        const { texts, both } = each(parts, places, join);
        expect(merged(texts)).toMatchObject({ text: both, units: [] });
      }),
      runs,
    );
  });
});

test("fuzzed texts never crash it, in any format", () => {
  const unit = fc.oneof(
    fc.constantFrom(
      "#",
      "-",
      "---\n",
      "```",
      "|",
      "\n",
      "\r",
      "\n\n",
      " ",
      ": ",
      "{",
      "}",
      '"',
      "\uFEFF",
      "\uD800",
      "a",
      "é",
      "👩‍👩‍👧",
      "가.",
      "。",
    ),
    fc.string({ maxLength: 2 }),
  );
  const text = fc.array(unit, { maxLength: 30 }).map((units) => units.join(""));
  const format = fc.constantFrom<TextFormat>("markdown", "yaml", "toml", "json", "jsonc", "text");
  fc.assert(
    fc.property(text, text, text, format, (base, yours, theirs, chosen) => {
      expect(typeof merged({ base, yours, theirs }, chosen).text).toBe("string");
    }),
    { numRuns: 3000 },
  );
});

test("fuzzed bytes never crash the merge of files", async () => {
  const file = fc.option(
    fc.record({
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        markdown.map((text) => new TextEncoder().encode(text)),
      ),
      mode: fc.constantFrom(0o100644, 0o100755, 0o120000),
    }),
  );
  const path = fc.constantFrom("a.md", "a.json", "a.yaml", "a.toml", "a.txt", "a.png").map(pathOf);
  await fc.assert(
    fc.asyncProperty(path, file, file, file, async (where, base, yours, theirs) => {
      const result = await mergeFileWith({})({ path: where, base, yours, theirs });
      expect(["merged", "overlap"]).toContain(result.status);
    }),
    runs,
  );
});
