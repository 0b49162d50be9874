import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOfHex, hexOfBytes } from "./hex.ts";
import {
  hashIdFromBytes,
  hashIdToBytes,
  isHashId,
  parseHashId,
  parseRandomId,
  randomId,
  randomIdPrefixes,
} from "./ids.ts";

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const kinds = fc.constantFrom("operation", "conflict", "collection", "checkout", "plan");

describe("a hash id", () => {
  test("is 32 bytes and comes back", () => {
    fc.assert(
      fc.property(digest, (bytes) => {
        const id = hashIdFromBytes(bytes);
        expect(id).toBe(`sha256:${Buffer.from(bytes).toString("hex")}`);
        expect(hashIdToBytes(id)).toEqual(bytes);
        expect(isHashId(id)).toBe(true);
        expect(parseHashId(id)).toBe(id);
      }),
      { numRuns: 1000 },
    );
  });

  test("is nothing else, above all no path (BUGS P1)", () => {
    const digits = "0".repeat(64);
    for (const text of [
      "",
      digits,
      `sha256:${digits}0`,
      `sha256:${digits}\n`,
      `sha256:${"A".repeat(64)}`,
      "sha256:../../x",
    ]) {
      expect(isHashId(text), text).toBe(false);
      expect(parseHashId(text), text).toBeUndefined();
    }
    expect(() => hashIdFromBytes(new Uint8Array(31))).toThrow(RangeError);
  });
});

describe("hex digits", () => {
  test("come back as the bytes they stand for, either case", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const hex = hexOfBytes(bytes);
        expect(hex).toBe(Buffer.from(bytes).toString("hex"));
        expect(bytesOfHex(hex)).toEqual(bytes);
        expect(bytesOfHex(hex.toUpperCase())).toEqual(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(["0", "0g", "g0", " 0", "0x", "é0", "\u0130" + "0", "00000", "+1", "-1"])(
    "are not %j",
    (text) => {
      expect(() => bytesOfHex(text)).toThrow(RangeError);
    },
  );
});

describe("a random id", () => {
  test("is read as its own kind only", () => {
    fc.assert(
      fc.property(kinds, kinds, fc.uint8Array({ minLength: 20, maxLength: 24 }), (kind, other, random) => {
        const id = randomId(kind, random);
        expect(id).toMatch(new RegExp(`^${randomIdPrefixes[kind]}_[0-9a-hjkmnp-tv-z]{20}$`));
        expect(parseRandomId(kind, id)).toBe(id);
        if (other !== kind) expect(parseRandomId(other, id)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  test("uses five bits of each of 20 bytes", () => {
    expect(randomId("operation", new Uint8Array(20).fill(0))).toBe(`op_${"0".repeat(20)}`);
    expect(randomId("operation", new Uint8Array(20).fill(255))).toBe(`op_${"z".repeat(20)}`);
    const all = Array.from({ length: 32 }, (_, index) => randomId("plan", new Uint8Array(20).fill(index)));
    expect(new Set(all).size).toBe(32);
    expect(() => randomId("operation", new Uint8Array(19))).toThrow(RangeError);
  });
});
