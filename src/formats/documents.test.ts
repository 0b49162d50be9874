import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EditResult, FormatDocument, FormatValue, KeyEdit } from "./format-value.ts";
import { isList, isRecord, sameValue } from "./format-value.ts";
import { jsoncDocument, writeJson } from "./jsonc-document.ts";
import { tomlDocument } from "./toml-document.ts";
import { writeToml } from "./toml-write.ts";
import { yamlDocument } from "./yaml-document.ts";
import { writeYaml } from "./yaml-write.ts";

interface Format {
  readonly name: string;
  readonly document: FormatDocument;
  readonly write: (value: FormatValue) => EditResult;
  /** Texts with everything that an edit may not touch. */
  readonly samples: readonly string[];
  readonly comments: RegExp;
  readonly broken: string;
  readonly hasNull: boolean;
}

const formats: readonly Format[] = [
  {
    name: "JSONC",
    document: jsoncDocument,
    write: writeJson,
    samples: [
      '{\n  // the user\'s own\n  "theme":   "dark", // behind\n  "a": { "b": 1.0, "c": [1, 2, 3] }, /* block */\n  "list": [\n    "x", // one\n    "y"\n  ],\n  "last": true // no comma\n}\n',
      '\uFEFF{\r\n\t"theme": 1e3,\r\n\t"a": {\r\n\t\t"b": null, // note\r\n\t\t"c": {},\r\n\t},\r\n\t"list": [],\r\n}',
      '{"theme":"x","a":{"b":[{"k":1},{"k":2}]},"list":[1,2]}',
      "{}\n",
      "{\n  // only a comment\n}\n",
    ],
    comments: /\/\/[^\r\n]*|\/\*.*?\*\//g,
    broken: '{"theme": }',
    hasNull: true,
  },
  {
    name: "TOML",
    document: tomlDocument,
    write: writeToml,
    samples: [
      '# the user\'s own\ntheme   =  \'dark\' # behind\nf = 1.0\nd = 1979-05-27\n\n[a]\nb = 0x1F # hex\nc = [ 1,\n  2, # two\n]\n\n[a.sub] # header\nk = """\nlong\n"""\n\n# for the list\n[[list]]\nx = 1\n\n[[list]]\nx = 2 # two\n',
      '\uFEFF# top\r\n\r\ntheme = 1e3\r\nbig = 9007199254740993\r\na.b.x = 1\r\na.c = { x = 1, y.z = [ ] } # inline\r\nlist = [ "p", "q" ]\r\n[last]\r\n  deep = true',
      "[a.b.c]\nx = 1 # only\n",
      "",
      "# only a comment\n",
    ],
    comments: /#[^\r\n]*/g,
    broken: "theme = \n",
    hasNull: false,
  },
  {
    name: "YAML",
    document: yamlDocument,
    write: writeYaml,
    samples: [
      "# the user's own\ntheme:   'dark' # behind\nf: 1.0\nempty:\nempty2: # nothing\na:\n    b: 0x1F # hex\n    c: [1,2,   3] # flow\n    text: |\n      one\n\n      two\n\n# about the list\nlist:\n  - x # one\n  # between\n  - k: 1\n    l: 2 # two\n\nlast: >-\n  folded\n  text\n",
      'theme: "q"\r\nlist:\r\n- 1\r\n- {x: 1, "y z": [a, b]}\r\na: {b: {}, c: []} # inline\r\nlong: plain text\r\n  on two lines\r\nlast: true',
      "a:\n  b:\n    - - 1\n      - 2\n    - c: 3\n",
      "",
      "# only a comment\n",
    ],
    comments: /#[^\r\n]*/g,
    broken: "a: b: c",
    hasNull: true,
  },
];

function valueArbitrary(hasNull: boolean): fc.Arbitrary<FormatValue> {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom("\n", "\r", '"', "'", "\\", "#", ":", " ", "\t", "a", "-", "\0", "\u2028", "{"),
      maxLength: 8,
    }),
    fc.constantFrom(
      "yes",
      "null",
      "1.0",
      "---",
      "",
      "# no comment",
      "a: b",
      "x = 1",
      '"""',
      "'''",
      "\uFEFF",
      "line\nline\n",
    ),
  );
  const leaf: fc.Arbitrary<FormatValue> = fc.oneof(
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.boolean(),
    ...(hasNull ? [fc.constant(null)] : []),
  );
  const key = fc.oneof(
    fc.constantFrom("b", "c", "x", "k", "__proto__", "a.b", ""),
    fc.string({ maxLength: 4 }),
  );
  const { value } = fc.letrec<{ value: FormatValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.array(tie("value"), { maxLength: 3 }),
      fc
        .array(fc.tuple(key, tie("value")), { maxLength: 3 })
        .map((entries): { [key: string]: FormatValue } => Object.fromEntries(entries)),
    ),
  }));
  return value;
}

/** An edit of a path that may be made: what is there, or something new below a map or behind a list. */
function editArbitrary(value: unknown, newValue: fc.Arbitrary<FormatValue>): fc.Arbitrary<KeyEdit> {
  const paths: (string | number)[][] = [];
  const collect = (node: unknown, path: (string | number)[]) => {
    if (path.length > 0) paths.push(path);
    if (isRecord(node)) {
      for (const [key, child] of Object.entries(node)) collect(child, [...path, key]);
      paths.push([...path, "new key"], [...path, "new", "below"]);
    }
    if (isList(node)) {
      for (const [index, child] of node.entries()) collect(child, [...path, index]);
      paths.push([...path, node.length]);
    }
  };
  collect(value ?? {}, []);
  return fc.record({ path: fc.constantFrom(...paths), value: fc.oneof(newValue, fc.constant(undefined)) });
}

/** What the edit means, said again in another way than the code does. */
function oracle(value: unknown, edit: KeyEdit): unknown {
  const copy: unknown = cloned({ root: value ?? {} });
  let node: unknown = copy;
  const path = ["root", ...edit.path];
  for (const [index, segment] of path.entries()) {
    const isLast = index === path.length - 1;
    if (isLast && edit.value === undefined && isMutableList(node)) node.splice(Number(segment), 1);
    else if (isLast && edit.value === undefined && isMutable(node)) delete node[segment];
    else if (isMutable(node)) {
      const missing = !Object.hasOwn(node, segment) || node[segment] === null;
      if (missing && edit.value === undefined) break;
      if (isLast || missing) {
        const child = isLast ? edit.value : {};
        Object.defineProperty(node, segment, {
          value: child,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      }
      node = node[segment];
    }
  }
  return isMutable(copy) ? copy.root : undefined;
}

/** structuredClone would make a plain date of a TOML one. */
function cloned(value: unknown): unknown {
  if (isList(value)) return value.map(cloned);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, cloned(child)]));
}

function isMutable(node: unknown): node is Record<string | number, unknown> {
  return typeof node === "object" && node !== null;
}

function isMutableList(node: unknown): node is unknown[] {
  return Array.isArray(node);
}

/** TOML has no empty table without a header: those that an edit emptied may be gone. */
function withoutEmpty(value: unknown): unknown {
  if (isList(value)) return value.map(withoutEmpty);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, withoutEmpty(child)] as const);
  return Object.fromEntries(
    entries.filter(
      ([, child]) =>
        !(isRecord(child) && Object.keys(child).length === 0) && !(isList(child) && child.length === 0),
    ),
  );
}

describe.each(formats)("$name", ({ document, write, samples, comments, broken, hasNull }) => {
  const values = valueArbitrary(hasNull);

  test("reading is total: any text gives a value or a problem", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string({ unit: fc.constantFrom(..."{}[]:,#\"'\\\n\r\t |->&*!%@a1=._/") }),
        ),
        (text) => {
          const { value, problem } = document.parse(text);
          if (problem !== null) expect(value).toBeUndefined();
          expect(document.edit(text, []).ok).toBe(problem === null);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("a written value is read back exactly", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 5 }), values, { maxKeys: 4 }), (value) => {
        const written = write(value);
        expect(written).toMatchObject({ ok: true });
        if (written.ok) expect(sameValue(document.parse(written.text).value, value)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  test.each(samples)("setting what is there returns the identical text: %j", (text) => {
    const { value, problem } = document.parse(text);
    expect(problem).toBeNull();
    expect(document.edit(text, [])).toEqual({ ok: true, text });
    const edits = Object.entries(isRecord(value) ? value : {}).flatMap(([key, child]): KeyEdit[] =>
      isFormatValue(child) ? [{ path: [key], value: child }] : [],
    );
    expect(document.edit(text, edits)).toEqual({ ok: true, text });
  });

  test.each(samples)("an edit changes the value it names, and keeps comments and lines: %j", (text) => {
    const before = document.parse(text).value;
    let refusals = 0;
    let runs = 0;
    fc.assert(
      fc.property(editArbitrary(before, values), (edit) => {
        runs += 1;
        const result = document.edit(text, [edit]);
        if (!result.ok) {
          refusals += 1;
          return;
        }
        const after = document.parse(result.text).value;
        const expected = oracle(before, edit);
        expect(
          sameValue(
            hasNull ? (after ?? {}) : withoutEmpty(after),
            hasNull ? expected : withoutEmpty(expected),
          ),
        ).toBe(true);
        expect(result.text.startsWith("\uFEFF")).toBe(text.startsWith("\uFEFF"));
        if (edit.path.length === 1 && !isRecord(before)) return;
        const isNew =
          edit.value !== undefined && edit.path.some((segment) => String(segment).startsWith("new"));
        if (isNew) for (const comment of text.match(comments) ?? []) expect(result.text).toContain(comment);
        if (isNew) expectOnlyAdded(text, result.text);
      }),
      { numRuns: 1000 },
    );
    // What is left: in TOML, a scalar as an item of a list of `[[tables]]`.
    expect(refusals / runs).toBeLessThan(0.1);
  });

  test.each(samples.filter((text) => text.includes("theme")))(
    "what is added and removed again leaves the text as it was: %j",
    (text) => {
      fc.assert(
        fc.property(values, (value) => {
          const added = document.edit(text, [{ path: ["new key"], value }]);
          expect(added).toMatchObject({ ok: true });
          if (!added.ok) return;
          expect(document.edit(added.text, [{ path: ["new key"], value: undefined }])).toEqual({
            ok: true,
            text,
          });
        }),
        { numRuns: 300 },
      );
    },
  );

  test("an edit of a text that does not parse is refused, never started from an empty document (BUGS F4)", () => {
    const result = document.edit(broken, [{ path: ["env"], value: {} }]);
    expect(result.ok).toBe(false);
    expect(result).not.toHaveProperty("text");
  });

  test("a path through a scalar or a wrong kind of parent is a problem, not an exception", () => {
    const written = write({ a: "text", list: [1] });
    const text = written.ok ? written.text : "";
    expect(document.edit(text, [{ path: ["a", "b"], value: 1 }]).ok).toBe(false);
    expect(document.edit(text, [{ path: ["list", "b"], value: 1 }]).ok).toBe(false);
    expect(document.edit(text, [{ path: ["list", 7], value: 1 }]).ok).toBe(false);
    expect(document.edit(text, [{ path: [], value: undefined }]).ok).toBe(false);
  });

  test("deep nesting ends in a problem, not in an exhausted stack", () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    expect(document.parse(document === tomlDocument ? `a = ${deep}` : deep).problem).not.toBeNull();
  });
});

/** The old text is the new one with some of it left out. */
function expectOnlyAdded(before: string, after: string): void {
  let position = 0;
  for (const unit of before) {
    const found = after.indexOf(unit, position);
    expect(found, `${JSON.stringify(before)} -> ${JSON.stringify(after)}`).toBeGreaterThanOrEqual(0);
    position = found + unit.length;
  }
}

function isFormatValue(value: unknown): value is FormatValue {
  if (isList(value)) return value.every(isFormatValue);
  if (isRecord(value)) return Object.values(value).every(isFormatValue);
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
