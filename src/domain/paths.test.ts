import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "./limits.ts";
import { comparePaths, foldedPath, parsePath, pathOf, pathProblem } from "./paths.ts";

const letters = fc.constantFrom(
  "a",
  "b",
  "/",
  ".",
  "-",
  "é",
  "\ud7ff",
  "\ue000",
  "\uffff",
  "\u{10000}",
  "\u{10ffff}",
);
const oddText = fc.oneof(
  fc.array(letters, { maxLength: 8 }).map((list) => list.join("")),
  fc.string({ unit: "binary", maxLength: 20 }),
);

describe("the order of paths", () => {
  test("is that of their UTF-8 bytes", () => {
    fc.assert(
      fc.property(oddText, oddText, (one, other) => {
        expect(Math.sign(comparePaths(one, other))).toBe(
          Buffer.compare(Buffer.from(one), Buffer.from(other)),
        );
      }),
      { numRuns: 5000 },
    );
  });
});

describe("a collection path", () => {
  test.each([
    ["", "empty"],
    ["/etc/passwd", "absolute"],
    ["../../x", "dot segment"],
    ["a/../b", "dot segment"],
    ["a/./b", "dot segment"],
    ["a//b", "dot segment"],
    ["a/", "dot segment"],
    ["a\\b", "backslash"],
    ["a\nb", "control character"],
    ["a\0b", "control character"],
    ["a\u007fb", "control character"],
    ["a\ud800", "ill-formed Unicode"],
    ["a".repeat(limits.pathSegmentBytesMax + 1), "segment too long"],
    ["é".repeat(limits.pathSegmentBytesMax / 2 + 1), "segment too long"],
    [
      Array(limits.pathDepthMax + 1)
        .fill("a")
        .join("/"),
      "too deep",
    ],
    [Array(8).fill("a".repeat(200)).join("/"), "too long"],
  ])("cannot be %j: %s (BUGS D5, P1, X2)", (text, problem) => {
    expect(pathProblem(text)).toBe(problem);
    expect(parsePath(text)).toBeUndefined();
    expect(() => pathOf(text)).toThrow(RangeError);
  });

  test.each([
    "a",
    "skills/pdf/SKILL.md",
    "@project/x/AGENTS.md",
    "...",
    "-rf",
    "한국어/😀",
    "a".repeat(limits.pathSegmentBytesMax),
    Array(limits.pathDepthMax).fill("a").join("/"),
  ])("can be %j", (text) => {
    expect(parsePath(text)).toBe(text);
    expect(pathOf(text)).toBe(text);
  });

  test("is measured in UTF-8 bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 60, maxLength: 280 }), (text) => {
        const plain = text.replaceAll(/[\p{Cc}/\\.]/gu, "_");
        const fits = Buffer.byteLength(plain) <= limits.pathSegmentBytesMax;
        if (Buffer.byteLength(plain) > limits.pathBytesMax) expect(pathProblem(plain)).toBe("too long");
        else expect(pathProblem(plain)).toBe(fits ? null : "segment too long");
      }),
      { numRuns: 2000 },
    );
  });
});

test("folding finds names that a file system may take for one", () => {
  expect(foldedPath("Skills/Caf\u00e9")).toBe(foldedPath("skills/cafe\u0301"));
  expect(foldedPath("a")).not.toBe(foldedPath("b"));
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(foldedPath(text.normalize("NFD"))).toBe(foldedPath(text.normalize("NFC")));
    }),
    { numRuns: 2000 },
  );
});
