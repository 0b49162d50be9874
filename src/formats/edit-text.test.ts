import { expect, test } from "vitest";
import { formatDocument, type Grammar, type OpenedText } from "./edit-text.ts";
import { sameValue } from "./format-value.ts";

/** `key=value` lines; what its splices do is the test's choice. */
function lineGrammar(splices: OpenedText["splices"]): Grammar {
  return {
    open(text) {
      const lines = [...text.matchAll(/^(\w)=(.*)$/gm)];
      const entries = lines.map(({ index, 0: line, 1: key = "" }) => {
        const end = index + line.length;
        const scalar = { start: index + 2, end };
        return { path: [key], start: index, keyEnd: index + 1, end, scalar };
      });
      const value = Object.fromEntries(lines.map(([, key, source]) => [key, Number(source)]));
      return { value, problem: null, splices, entries: () => entries };
    },
    comments: "hash",
    emptyMapsVanish: false,
  };
}

const text = "a=1.0\nb=2";

test.each([
  ["another value than the one asked for", { start: 8, end: 9, text: "4" }],
  ["a foreign value changed on the way", { start: 2, end: 9, text: "5\nb=3" }],
  ["a foreign value written in another way", { start: 2, end: 9, text: "1\nb=3" }],
  ["a foreign key lost", { start: 0, end: 9, text: "b=3" }],
  ["a splice outside the text", { start: 8, end: 90, text: "3" }],
])("a faulty splice is refused, not returned: %s", (_, splice) => {
  const result = formatDocument(lineGrammar(() => [splice])).edit(text, [{ path: ["b"], value: 3 }]);
  expect(result).toMatchObject({ ok: false });
});

test("a right one is returned", () => {
  const document = formatDocument(lineGrammar(() => [{ start: 8, end: 9, text: "3" }]));
  expect(document.edit(text, [{ path: ["b"], value: 3 }])).toEqual({ ok: true, text: "a=1.0\nb=3" });
  expect(sameValue(document.parse(text).value, { b: 2, a: 1 })).toBe(true);
});
