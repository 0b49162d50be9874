import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wordDifference } from "../settling/word-difference.ts";
import { textChange } from "./text-change.ts";
import { fromView, hasOneLineEnd, viewOf } from "./view-text.ts";

const text = fc
  .array(fc.constantFrom("a", "b", "lamp ", "\n", "\r\n", " ", "Öl", "램프"), { maxLength: 24 })
  .map((parts) => parts.join(""));

describe("texts in an editor", () => {
  test("the smallest changes turn one text into the other", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = textChange(before, after) ?? [];
        let changed = before;
        for (const { from, to, insert } of changes.toReversed())
          changed = changed.slice(0, from) + insert + changed.slice(to);
        expect(changed).toBe(after);
      }),
      { numRuns: 1_000 },
    );
  });

  test("a line that did not change keeps its place", () => {
    expect(textChange("one\ntwo\nthree\n", "one\n2\nthree\n")).toEqual([{ from: 4, to: 8, insert: "2\n" }]);
  });

  test("line ends come back as they were (BUGS D7)", () => {
    fc.assert(
      fc.property(text, (one) => {
        if (hasOneLineEnd(one)) expect(fromView(viewOf(one), one)).toBe(one);
      }),
      { numRuns: 1_000 },
    );
    expect(hasOneLineEnd("a\r\nb\n")).toBe(false);
    expect(fromView("a\nb\nc", "a\r\nb")).toBe("a\r\nb\r\nc");
  });

  test("a difference by words holds both texts whole", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = wordDifference(before, after);
        const without = (mark: string) =>
          parts
            .filter((part) => part.mark !== mark)
            .map((part) => part.text)
            .join("");
        expect(without("removed")).toBe(after);
        expect(without("added").length).toBe(before.length);
      }),
      { numRuns: 1_000 },
    );
    expect(wordDifference("Run it twice.", "Run it once.")).toEqual([
      { mark: "same", text: "Run it " },
      { mark: "removed", text: "twice" },
      { mark: "added", text: "once" },
      { mark: "same", text: "." },
    ]);
  });
});
