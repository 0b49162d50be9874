import { applyPatch, diffArrays, structuredPatch } from "diff";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffSequences } from "./diff-sequences.ts";
import { Interning, numbersOfThree } from "./interning.ts";
import { splitLines } from "./split-lines.ts";
import { eachOf, type ThreeOf, threeWay } from "./three-way.ts";
import { WorkBudget } from "./work-budget.ts";

const plenty = () => new WorkBudget(10_000_000);
const lines = fc.array(fc.constantFrom("a\n", "b\n", "c\n", "\n", "d\n"), { maxLength: 30 });
const numbers = fc.array(fc.nat(4), { maxLength: 30 }).map((values) => Int32Array.from(values));

/** `one` with the changes made. */
function changed(one: Int32Array, other: Int32Array, budget: WorkBudget): number[] {
  const result: number[] = [];
  let at = 0;
  for (const { oneStart, oneEnd, otherStart, otherEnd } of diffSequences(one, other, budget)) {
    result.push(...one.subarray(at, oneStart), ...other.subarray(otherStart, otherEnd));
    at = oneEnd;
  }
  return [...result, ...one.subarray(at)];
}

describe("the difference of two sequences", () => {
  test("turns the one into the other, also where its budget is used up", () => {
    fc.assert(
      fc.property(numbers, numbers, fc.nat(200), (one, other, comparisons) => {
        expect(changed(one, other, plenty())).toEqual([...other]);
        expect(changed(one, other, new WorkBudget(comparisons))).toEqual([...other]);
      }),
      { numRuns: 2000 },
    );
  });

  test("is as short as the diff library's, save for cuts at lines that stand once on either side", () => {
    let ours = 0;
    let theirs = 0;
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        for (const change of diffSequences(one, other, plenty())) {
          ours += change.oneEnd - change.oneStart + change.otherEnd - change.otherStart;
        }
        for (const { added, removed, count } of diffArrays([...one], [...other])) {
          if (added || removed) theirs += count;
        }
      }),
      { numRuns: 2000 },
    );
    expect(ours).toBeGreaterThanOrEqual(theirs);
    expect(ours).toBeLessThan(theirs * 1.05);
  });

  test("has an equal value between two changes", () => {
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const changes = diffSequences(one, other, plenty());
        for (const [index, change] of changes.entries()) {
          const before = changes[index - 1];
          expect(change.oneStart - (before?.oneEnd ?? -1)).toBeGreaterThan(0);
          expect(change.oneStart - (before?.oneEnd ?? 0)).toBe(change.otherStart - (before?.otherEnd ?? 0));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("three sequences side by side", () => {
  test("every line of each version is in exactly one stretch, and a stretch says truly who changed it", () => {
    fc.assert(
      fc.property(lines, lines, lines, (base, yours, theirs) => {
        const sides = { base, yours, theirs };
        const stretches = threeWay(numbersOfThree(sides), plenty());
        const inAll = eachOf((side) =>
          stretches.flatMap((one) => sides[side].slice(one[side].start, one[side].end)),
        );
        expect(inAll).toEqual(sides);
        for (const stretch of stretches) {
          const part = eachOf((side) => sides[side].slice(stretch[side].start, stretch[side].end).join(""));
          if (stretch.changedBy !== "both" && stretch.changedBy !== "yours")
            expect(part.yours).toBe(part.base);
          if (stretch.changedBy !== "both" && stretch.changedBy !== "theirs")
            expect(part.theirs).toBe(part.base);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("where no side touched the other's lines, it is what patching theirs with yours' changes gives", () => {
    let compared = 0;
    const paragraph = fc.array(fc.constantFrom("alpha", "beta", "gamma", "delta"), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        fc.array(paragraph, { minLength: 9, maxLength: 9 }),
        paragraph,
        paragraph,
        (parts, yours, theirs) => {
          const texts = disjointEdits(parts, yours, theirs);
          const patched = applyPatch(
            texts.theirs,
            structuredPatch("", "", texts.base, texts.yours, "", "", { context: 3 }),
          );
          if (patched === false) return;
          compared += 1;
          expect(mergedText(texts)).toBe(patched);
        },
      ),
      { numRuns: 1000 },
    );
    expect(compared).toBeGreaterThan(900);
  });
});

/** Yours rewrites the second part, theirs the last but one; every line of the base says where it stands. */
function disjointEdits(
  parts: readonly (readonly string[])[],
  yours: readonly string[],
  theirs: readonly string[],
): ThreeOf<string> {
  const base = parts.map((words, part) => words.map((word, line) => `${word} ${part}.${line}\n`).join(""));
  const edited = (at: number, words: readonly string[], who: string) =>
    base
      .map((text, part) => (part === at ? words.map((word) => `${who} ${word}\n`).join("") : text))
      .join("");
  return { base: base.join(""), yours: edited(1, yours, "yours"), theirs: edited(7, theirs, "theirs") };
}

function mergedText(texts: ThreeOf<string>): string {
  const sides = eachOf((side) => splitLines(texts[side]));
  return threeWay(numbersOfThree(sides), plenty())
    .flatMap(({ changedBy, yours, theirs }) =>
      changedBy === "yours"
        ? sides.yours.slice(yours.start, yours.end)
        : sides.theirs.slice(theirs.start, theirs.end),
    )
    .join("");
}

test("numbers are equal exactly where lines are, however they are found", () => {
  fc.assert(
    fc.property(lines, lines, lines, (base, yours, theirs) => {
      const numbers = numbersOfThree({ base, yours, theirs });
      const slow = new Interning();
      const expected = {
        base: slow.numbersOf(base),
        yours: slow.numbersOf(yours),
        theirs: slow.numbersOf(theirs),
      };
      expect(numbers).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test("lines joined are the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r", " ") }), (text) => {
      expect(splitLines(text).join("")).toBe(text);
    }),
    { numRuns: 1000 },
  );
});
