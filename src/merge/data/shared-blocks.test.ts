import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mergeData } from "./merge-data.ts";
import { withoutSharedBlocks } from "./shared-blocks.ts";

const block = fc.constantFrom(
  "plain words\n",
  "\n  a: 1\n  b: two\n# about the next\n",
  "\n- x\n- y: 1\n  z: 2\n\n",
  "|\n  a text: with\n\n  lines\n",
  '"quoted\n  on: two"\n',
  "plain\n  key: on the next\n",
  "# nothing\n",
);

/** A long text of many top keys; `changes` says which block another version has at a position. */
function longText(blocks: readonly string[], changes: ReadonlyMap<number, string> = new Map()): string {
  const filler = "words that fill a line ".repeat(40);
  return Array.from({ length: 24 }, (_, index) => {
    const value = changes.get(index) ?? blocks[index % blocks.length] ?? "";
    return `key-${index}: ${value}filler-${index}: ${filler}\n`;
  }).join("");
}

const change = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 11 }), block), { maxLength: 3 })
  .map((entries) => new Map(entries));

test("what was taken out is put back in its place, byte for byte", () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), change, change, (blocks, mine, others) => {
      const theirs = longText(blocks, others);
      const shared = withoutSharedBlocks(longText(blocks), longText(blocks, mine), theirs);
      expect(shared).not.toBeNull();
      expect(shared?.theirs.length).toBeLessThan(theirs.length / 2);
      expect(shared?.restored(shared.theirs)).toBe(theirs);
    }),
    { numRuns: 1000 },
  );
});

test("a long document merges as its parts do", () => {
  const blocks = ["\n  a: 1\n  b: two # about b\n", "words\n"];
  const mine = new Map([[2, "\n  a: 1\n  b: mine # about b\n"]]);
  const others = new Map([
    [2, "\n  a: 9\n  b: two # about b\n"],
    [5, "other words\n"],
  ]);
  const merged = mergeData(longText(blocks), longText(blocks, mine), longText(blocks, others), {
    format: "yaml",
    wherePrefix: "",
  });
  expect(merged?.units).toEqual([]);
  const both = new Map([...others, [2, "\n  a: 9\n  b: mine # about b\n"]]);
  expect(merged?.text).toBe(longText(blocks, both));
});

test("texts that are short, or that reach from key to key, are left whole", () => {
  const text = longText(["words\n"]);
  expect(withoutSharedBlocks("a: 1\n", "a: 2\n", "a: 3\n")).toBeNull();
  const anchored = `anchor: &x 1\n${text}`;
  expect(withoutSharedBlocks(anchored, anchored, anchored)).toBeNull();
  const twice = `${text}key-1: again\n`;
  expect(withoutSharedBlocks(twice, text, text)).toBeNull();
});
