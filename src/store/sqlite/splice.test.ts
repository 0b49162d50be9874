import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applySplice, spliceOf } from "./splice.ts";

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  // Few values: what both have in common overlaps, and is found from either end.
  fc.uint8Array({ max: 1, maxLength: 40 }),
);

describe("a splice", () => {
  test("gives back the bytes, whatever they and the base are", () => {
    fc.assert(
      fc.property(bytes, bytes, (one, base) => {
        expect(applySplice(spliceOf(one, base), base)).toEqual(one);
      }),
      { numRuns: 2000 },
    );
  });

  test("holds what is new and two counts, wherever in the base that is", () => {
    fc.assert(
      fc.property(bytes, fc.uint8Array({ minLength: 1, maxLength: 32 }), bytes, (head, middle, tail) => {
        const base = Uint8Array.from([...head, ...middle.map((byte) => byte ^ 0xff), ...tail]);
        const splice = spliceOf(Uint8Array.from([...head, ...middle, ...tail]), base);
        expect(splice.length).toBeLessThanOrEqual(middle.length + 4);
      }),
      { numRuns: 1000 },
    );
  });

  test("into something shorter than it was made against is refused", () => {
    const base = new Uint8Array(200).fill(1);
    const splice = spliceOf(Uint8Array.from([...base, 2, ...base]), Uint8Array.from([...base, ...base]));
    expect(() => applySplice(splice, base)).toThrow(RangeError);
    expect(() => applySplice(new Uint8Array([0x80]), base)).toThrow(RangeError);
  });
});
