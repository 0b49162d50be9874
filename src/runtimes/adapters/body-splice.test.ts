import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText, spliceBody } from "./body-splice.ts";

const piece = fc.constantFrom("a", "b", "c d", " ", "\t", "\n", "\r\n", "\r", "\n\n", "\u00a0");
const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));
const filled = text.filter((one) => plainText(one) !== "");
const lineEnd = fc.constantFrom("\n", "\r\n");

test("what says the same comes back as it was, byte for byte", () => {
  fc.assert(
    fc.property(filled, lineEnd, (body, end) => {
      expect(spliceBody(body, plainText(body), end)).toBe(body);
    }),
    { numRuns: 3000 },
  );
});

test("the result says what was asked for, between the blanks that were there", () => {
  fc.assert(
    fc.property(filled, filled, lineEnd, (body, wanted, end) => {
      const result = spliceBody(body, wanted, end);
      expect(plainText(result)).toBe(plainText(wanted));
      expect(result.slice(result.trimEnd().length)).toBe(body.slice(body.trimEnd().length));
    }),
    { numRuns: 3000 },
  );
});

test("lines that stay keep their own ends, new ones get the file's", () => {
  expect(spliceBody("\r\none\r\ntwo\nthree\r\n \n", "one\nnew\nthree", "\r\n")).toBe(
    "\r\none\r\nnew\r\nthree\r\n \n",
  );
  expect(spliceBody("one\ntwo", "one\ntwo\nthree", "\n")).toBe("one\ntwo\nthree");
  expect(spliceBody("one\ntwo\n", "zero\none\ntwo", "\n")).toBe("zero\none\ntwo\n");
});

test("plain text is plain", () => {
  fc.assert(
    fc.property(text, (one) => {
      expect(plainText(plainText(one))).toBe(plainText(one));
    }),
    { numRuns: 1000 },
  );
});
