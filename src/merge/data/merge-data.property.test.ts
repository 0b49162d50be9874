import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EditResult, FormatValue, KeyEdit } from "../../formats/format-value.ts";
import { isList, isRecord, sameValue } from "../../formats/format-value.ts";
import { writeJson } from "../../formats/jsonc-document.ts";
import { writeToml } from "../../formats/toml-write.ts";
import { writeYaml } from "../../formats/yaml-write.ts";
import type { TextMerge } from "../merge-types.ts";
import { mergeData } from "./merge-data.ts";
import { type DataFormat, documentOf } from "./value-text.ts";

const formats: readonly (readonly [DataFormat, (value: FormatValue) => EditResult])[] = [
  ["json", writeJson],
  ["jsonc", writeJson],
  ["yaml", writeYaml],
  ["toml", writeToml],
];

const word = fc.constantFrom(
  "Read",
  "Grep",
  "npx",
  "a b",
  "x: y",
  "# no",
  "1",
  "",
  "it's",
  "한국어",
  "one\ntwo\n",
);
const scalar: fc.Arbitrary<FormatValue> = fc.oneof(word, fc.integer(), fc.boolean());
const key = fc.constantFrom(
  "name",
  "env",
  "hooks",
  "tools",
  "args",
  "command",
  "a.b",
  "x y",
  "steps",
  "tags",
);
const { value: anyValue } = fc.letrec<{ value: FormatValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(scalar, { maxLength: 4 }),
    fc.array(fc.record({ name: fc.constantFrom("p", "q", "r"), command: word }), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
}));

const topKeys = ["alpha", "beta", "gamma", "delta"] as const;
const document = fc.record(
  { alpha: anyValue, beta: anyValue, gamma: anyValue, delta: anyValue },
  { requiredKeys: ["alpha", "beta"] },
);

type Entries = Readonly<Record<string, unknown>>;

function written(write: (value: FormatValue) => EditResult, value: FormatValue): string {
  const result = write(value);
  if (!result.ok) throw new Error(result.problem.message);
  return result.text;
}

function edited(format: DataFormat, text: string, edits: readonly KeyEdit[]): string {
  const result = documentOf(format).edit(text, edits);
  return result.ok ? result.text : text;
}

function valueOfText(format: DataFormat, text: string): Entries {
  const { value, problem } = documentOf(format).parse(text);
  expect(problem).toBeNull();
  return isRecord(value) ? value : {};
}

function merge(format: DataFormat, base: string, yours: string, theirs: string): TextMerge {
  const merged = mergeData(base, yours, theirs, { format, wherePrefix: "" });
  if (merged === null) throw new Error("not parsed");
  return merged;
}

/** TOML has no text for some empty tables. */
function withoutEmpty(value: unknown): unknown {
  if (isList(value)) return value.map(withoutEmpty);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, child]) => [name, withoutEmpty(child)] as const);
  return Object.fromEntries(entries.filter(([, child]) => !isRecord(child) || Object.keys(child).length > 0));
}

function expectSame(format: DataFormat, one: unknown, other: unknown): void {
  const both = format === "toml" ? [withoutEmpty(one), withoutEmpty(other)] : [one, other];
  if (!sameValue(both[0], both[1])) expect(both[0]).toEqual(both[1]);
}

/** Edits of the given top keys, or of what is below them. */
function editsOf(keys: readonly string[]): fc.Arbitrary<readonly KeyEdit[]> {
  const path = fc.oneof(
    fc.constantFrom(...keys).map((top) => [top]),
    fc.tuple(fc.constantFrom(...keys), key).map(([top, below]) => [top, below]),
  );
  const edit = fc.record({ path, value: fc.oneof(anyValue, fc.constant(undefined)) });
  return fc.array(edit, { minLength: 1, maxLength: 3 });
}

describe.each(formats)("%s", { timeout: 240_000 }, (format, write) => {
  const runs = { numRuns: 1000 };

  test("edits of different keys never stop, and all of them are in the result", () => {
    const sides = fc.record({
      base: document,
      yours: editsOf(["alpha", "gamma", "new yours"]),
      theirs: editsOf(["beta", "delta", "new-theirs"]),
    });
    fc.assert(
      fc.property(sides, (sample) => {
        const base = written(write, sample.base);
        const yours = edited(format, base, sample.yours);
        const theirs = edited(format, base, sample.theirs);
        const merged = merge(format, base, yours, theirs);
        expect(merged.units).toEqual([]);
        const inYours = valueOfText(format, yours);
        const inTheirs = valueOfText(format, theirs);
        const ofYours = ["alpha", "gamma", "new yours"];
        const expected = Object.fromEntries([
          ...Object.entries(inTheirs).filter(([name]) => !ofYours.includes(name)),
          ...Object.entries(inYours).filter(([name]) => ofYours.includes(name)),
        ]);
        expectSame(format, valueOfText(format, merged.text), expected);
      }),
      runs,
    );
  });

  test("the same key, changed to two other scalars, always stops; theirs stands there", () => {
    const sample = fc.record({
      base: document,
      top: fc.constantFrom(...topKeys),
      values: fc.uniqueArray(scalar, { minLength: 3, maxLength: 3 }),
    });
    fc.assert(
      fc.property(sample, ({ base: value, top, values: [first = 0, second = 0, third = 0] }) => {
        const base = written(write, { ...value, [top]: first });
        const yours = edited(format, base, [{ path: [top], value: second }]);
        const theirs = edited(format, base, [{ path: [top], value: third }]);
        const merged = merge(format, base, yours, theirs);
        expect(merged.units.length).toBeGreaterThan(0);
        for (const { where } of merged.units) expect(where.startsWith(top)).toBe(true);
        expectSame(format, valueOfText(format, merged.text), valueOfText(format, theirs));
        const choices = new Map(merged.units.map((unit) => [unit.key, "yours" as const]));
        const settled = mergeData(base, yours, theirs, { format, wherePrefix: "", choices });
        expect(settled?.units).toEqual([]);
        expectSame(format, valueOfText(format, settled?.text ?? ""), valueOfText(format, yours));
      }),
      runs,
    );
  });

  test("whatever both did: swapped sides ask the same, a clean result is stable, identical edits are done", () => {
    const sides = fc.record({ base: document, yours: editsOf(topKeys), theirs: editsOf(topKeys) });
    fc.assert(
      fc.property(sides, (sample) => {
        const base = written(write, sample.base);
        const yours = edited(format, base, sample.yours);
        const theirs = edited(format, base, sample.theirs);
        expect(merge(format, base, yours, yours)).toMatchObject({ text: yours, units: [] });
        const merged = merge(format, base, yours, theirs);
        const swapped = merge(format, base, theirs, yours);
        const asked = (merge: TextMerge, first: "yours" | "theirs", second: "yours" | "theirs") =>
          merge.units.map((unit) => JSON.stringify([unit.rule, unit.base, unit[first], unit[second]])).sort();
        expect(asked(swapped, "theirs", "yours")).toEqual(asked(merged, "yours", "theirs"));
        const value = valueOfText(format, merged.text);
        if (merged.units.length > 0) return;
        for (const again of [
          merge(format, base, yours, merged.text),
          merge(format, base, merged.text, theirs),
        ]) {
          expect(again.units).toEqual([]);
          expectSame(format, sorted(valueOfText(format, again.text)), sorted(value));
        }
        expectSame(format, sorted(valueOfText(format, swapped.text)), sorted(value));
      }),
      runs,
    );
  });

  test("any text gives a merge or null, and never a text that does not parse", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(..."{}[]:,#\"'\\\n\r |->&*!ab1=./"), maxLength: 40 }),
      document.map((value) => written(write, value)),
    );
    fc.assert(
      fc.property(text, text, text, (base, yours, theirs) => {
        const merged = mergeData(base, yours, theirs, { format, wherePrefix: "" });
        if (merged !== null) expect(documentOf(format).parse(merged.text).problem).toBeNull();
      }),
      { numRuns: 3000 },
    );
  });
});

/** R6 and sets leave the order of items to the side that comes first. */
function sorted(value: unknown): unknown {
  if (isList(value))
    return value
      .map(sorted)
      .map((item) => JSON.stringify(item))
      .sort();
  // A set may be written as one text.
  if (typeof value === "string") return value.split(/,\s*/).sort().join(", ");
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, sorted(child)]));
}
