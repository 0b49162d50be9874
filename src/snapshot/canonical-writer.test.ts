import { encode, rfc8949EncodeOptions } from "cborg";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { encodeCanonical } from "./canonical-cbor.ts";
import type { CanonicalValue } from "./canonical-value.ts";

const key = fc.string({ unit: "binary", maxLength: 40 });
const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<CanonicalValue>(null, true, false),
    fc.maxSafeInteger(),
    fc.integer({ min: -70_000, max: 70_000 }),
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.uint8Array({ maxLength: 400 }),
    fc.array(tie("value"), { maxLength: 30 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 30 }).map((entries) => new Map(entries)),
  ),
}));

test("every value is written byte for byte as cborg writes it, the reference here", () => {
  fc.assert(
    fc.property(value, (one) => {
      expect(Buffer.from(encodeCanonical(one)).toString("hex")).toBe(
        Buffer.from(encode(one, rfc8949EncodeOptions)).toString("hex"),
      );
    }),
    { numRuns: 2000 },
  );
});

test("heads change their width where the number asks for it", () => {
  for (const edge of [23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    for (const one of [edge, -edge, -1 - (edge - 1)]) {
      expect(Buffer.from(encodeCanonical(one))).toEqual(Buffer.from(encode(one, rfc8949EncodeOptions)));
    }
  }
});

test("a value larger than what is kept between two is whole, and so is the one after it", () => {
  const large = "größer ".repeat(10_000);
  expect(Buffer.from(encodeCanonical([large]))).toEqual(Buffer.from(encode([large], rfc8949EncodeOptions)));
  expect(Buffer.from(encodeCanonical(["small"]))).toEqual(
    Buffer.from(encode(["small"], rfc8949EncodeOptions)),
  );
});

test("what has no canonical form is refused, and leaves nothing in the value that follows", () => {
  for (const odd of [0.5, -0, Number.NaN, 2 ** 53, "\ud800"]) {
    expect(() => encodeCanonical([1, 2, odd])).toThrow(RangeError);
    expect(() => encodeCanonical(new Map([["key", odd]]))).toThrow(RangeError);
  }
  expect(() => encodeCanonical(new Map([["\udfff", 1]]))).toThrow(RangeError);
  expect([...encodeCanonical([7])]).toEqual([0x81, 7]);
});
