import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { scanHeadings } from "./block-scan.ts";
import { applyTextEdits, textEdits } from "./block-text.test-support.ts";
import { referenceHeadings } from "./reference-headings.test-support.ts";

const corpus = join(import.meta.dirname, "../../../../shared/corpus");
const isThere = existsSync(corpus);
if (!isThere) console.warn(`no corpus at ${corpus}: headings are not compared on real files`);

function markdownTexts(): readonly string[] {
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => withoutMark(readFileSync(join(entry.parentPath, entry.name), "utf8")));
}

function mergedTexts(): readonly string[] {
  const records = zstdDecompressSync(readFileSync(join(corpus, "merges.ndjson.zst"))).toString();
  return records
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line): string[] => {
      const { left, right }: { left: string; right: string } = JSON.parse(line);
      return [withoutMark(left), withoutMark(right)];
    });
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}

/** How many headings there are, after each text's were compared. */
function compareAll(texts: readonly string[]): number {
  let headings = 0;
  for (const text of new Set(texts)) {
    const found = scanHeadings(text, 0);
    headings += found.length;
    expect(found).toEqual(referenceHeadings(text));
  }
  return headings;
}

const minutes = 60_000;
/** The reference parser needs a millisecond for a thousand characters: one text in five, or all of them. */
const isThorough = process.env.STET_THOROUGH === "1";
const step = isThorough ? 1 : 5;

function everyFifth(texts: readonly string[]): readonly string[] {
  return texts.filter((_, index) => index % step === 0);
}

test.skipIf(!isThere)(
  "the headings of real files are those of an independent parser",
  () => {
    const texts = markdownTexts();
    expect(texts.length).toBeGreaterThan(900);
    expect(compareAll(everyFifth(texts))).toBeGreaterThan(isThorough ? 10_000 : 1_500);
  },
  5 * minutes,
);

test.skipIf(!isThere)(
  "so are those of both sides of real merges",
  () => {
    const texts = mergedTexts();
    expect(texts.length).toBe(590);
    expect(compareAll(everyFifth(texts))).toBeGreaterThan(isThorough ? 1_000 : 200);
  },
  5 * minutes,
);

test.skipIf(!isThere)(
  "so are those of real files into which blocks of all kinds were put",
  () => {
    // Parts of files: the reference parser needs a millisecond for a thousand characters.
    const parts = markdownTexts().map((text) => text.slice(0, 1500));
    fc.assert(
      fc.property(fc.nat({ max: parts.length - 1 }), textEdits, (index, edits) => {
        const text = applyTextEdits(parts[index] ?? "", edits);
        expect(scanHeadings(text, 0)).toEqual(referenceHeadings(text));
      }),
      { numRuns: isThorough ? 2_000 : 1_000 },
    );
  },
  5 * minutes,
);
