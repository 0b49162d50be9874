import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeText, encodeText, indentUnit, sameButForShape, textShape } from "./text-shape.ts";

test("the shape is the BOM, the more frequent line end and the final newline", () => {
  expect(textShape("\uFEFFa\r\nb\r\nc\n")).toEqual({ bom: "\uFEFF", lineEnd: "\r\n", finalNewline: true });
  expect(textShape("a\r\nb\n")).toEqual({ bom: "", lineEnd: "\n", finalNewline: true });
  expect(textShape("")).toEqual({ bom: "", lineEnd: "\n", finalNewline: false });
});

test("line ends, BOM, final newline and trailing blanks do not make a text differ (BUGS D7)", () => {
  expect(sameButForShape("a\nb\n", "\uFEFFa  \r\nb\t")).toBe(true);
  expect(sameButForShape("a\nb", "a\n\nb")).toBe(false);
  expect(sameButForShape("  a", "a")).toBe(false);
  expect(sameButForShape("a\n", "a\n\n")).toBe(false);
  expect(sameButForShape("", "\n")).toBe(true);
});

test("a long run of blanks inside a line takes no quadratic time", () => {
  const line = `${" ".repeat(1_000_000)}x`;
  const started = performance.now();
  expect(sameButForShape(line, `${line}\n`)).toBe(true);
  expect(performance.now() - started).toBeLessThan(2000);
});

test("changes of shape alone are never seen as a difference", () => {
  const line = fc.string({ unit: fc.constantFrom("a", " ", "\t", "#") });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(line, fc.constantFrom("", " ", "\t "), fc.boolean())),
      fc.boolean(),
      (lines, bom) => {
        const plain = lines.map(([text]) => `${text}\n`).join("");
        const other = lines
          .map(([text, blanks, windows]) => text + blanks + (windows ? "\r\n" : "\n"))
          .join("");
        expect(sameButForShape(plain, (bom ? "\uFEFF" : "") + other)).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});

test("ill-formed UTF-8 and NUL are binary, and a BOM is kept", () => {
  expect(decodeText(Uint8Array.of(0xff, 0xfe))).toBeNull();
  expect(decodeText(Uint8Array.of(0xed, 0xa0, 0x80))).toBeNull();
  expect(decodeText(Uint8Array.of(0x61, 0))).toBeNull();
  expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe("\uFEFFa");
  expect(encodeText("\uD800")).toBeNull();
});

test("decoding and encoding give the bytes back, or say that they are not text", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string({ unit: "binary" }).map((text) => new TextEncoder().encode(text)),
      ),
      (bytes) => {
        const text = decodeText(bytes);
        if (text !== null) expect(encodeText(text)).toEqual(bytes);
      },
    ),
    { numRuns: 2000 },
  );
});

test("the unit of indentation is the first that the text has", () => {
  expect(indentUnit("{\n\t\ta\n}")).toBe("\t\t");
  expect(indentUnit("a\n   \n    b")).toBe("    ");
  expect(indentUnit("{}")).toBe("  ");
});
