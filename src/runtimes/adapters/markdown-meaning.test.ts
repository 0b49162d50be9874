import fc from "fast-check";
import { expect, test } from "vitest";
import { sameButForShape } from "../../formats/text-shape.ts";
import { markdownMeaning } from "./markdown-meaning.ts";

function meaning(text: string): string | null {
  return markdownMeaning(new TextEncoder().encode(text));
}

test("without frontmatter it is the merge's rule R0: what a merge calls done, drift calls in-sync", () => {
  const piece = fc.constantFrom("a", "b", " ", "\t", "\n", "\r\n", "\r", "#", "\uFEFF");
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(meaning(one) === meaning(other)).toBe(sameButForShape(one, other));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ["order", "a: 1\nb: 2", "b: 2\na: 1"],
  ["quotes", "a: x", "a: 'x'"],
  ["comments", "a: x", "# why\na: x # because"],
  ["flow and block", "a: [x, y]", "a:\n  - x\n  - y"],
])("%s of the frontmatter is layout", (_, one, other) => {
  expect(meaning(`---\n${one}\n---\nT\n`)).toBe(meaning(`---\n${other}\n---\nT\n`));
});

test.each([
  ["a list's order", "a: [x, y]", "a: [y, x]"],
  ["text and truth", "a: 'true'", "a: true"],
  ["1.10 and 1.1", "a: 1.10", "a: 1.1"],
  ["nothing and empty", "a:", "a: ''"],
  ["large numbers", "a: 12345678901234567890", "a: 12345678901234567891"],
  ["broken and other broken", "a: [x", "a: [y"],
])("%s is a difference", (_, one, other) => {
  expect(meaning(`---\n${one}\n---\nT\n`)).not.toBe(meaning(`---\n${other}\n---\nT\n`));
});

test("bytes that are not text have no meaning but themselves", () => {
  expect(markdownMeaning(new Uint8Array([0xff, 0xfe]))).toBeNull();
});
