import { describe, expect, test } from "vitest";
import { functionLength } from "./function-length.ts";
import type { Rule } from "./rule.ts";
import { readSourceFiles } from "./source-file.ts";
import * as textRules from "./text-rules.ts";

const long = (lines: number) => "call();\n".repeat(lines);

// Each rule with a text that breaks it and one that just does not: a rule that finds nothing anywhere
// would pass for ever.
const rules: readonly { rule: Rule; path: string; bad: readonly string[]; good: readonly string[] }[] = [
  {
    rule: textRules.productWords,
    path: "src/cli/remove.ts",
    bad: ["This cannot be undone.", "changed by Someone else", "current/incoming", "local / remote"],
    good: ["Undo it with stet undo.", "the current one", "a remote machine"],
  },
  {
    rule: textRules.reminders,
    path: "src/store/store.ts",
    bad: ["// TODO later", "// FIXME: wrong"],
    good: ["// TODO(ada) until the format is frozen", "const todos = 1;"],
  },
  {
    rule: textRules.machinePaths,
    path: "scripts/build.ts",
    bad: ["home", "Users", "root"].map((folder) => `const root = "/${folder}/someone/stet";`),
    good: ['import "./home/item.ts";', "src/home/item", '"/home/ana/project"'],
  },
  {
    rule: textRules.registryHosts,
    path: "scripts/build.ts",
    bad: [`https://registry.${"npm"}js.org/stet`],
    good: ["the npm registry"],
  },
  {
    rule: textRules.suppressions,
    path: "src/store/store.ts",
    bad: ["// biome-ignore lint: no", "// @ts-ignore", "/* eslint-disable */"],
    good: ["// ignore the case of letters"],
  },
  {
    rule: textRules.expectedErrors,
    path: "src/store/store.ts",
    bad: ["// @ts-expect-error: no"],
    good: ["// an error is expected"],
  },
  { rule: textRules.fileLength, path: "src/store/store.ts", bad: [long(501)], good: [long(500)] },
  { rule: textRules.fileLength, path: "src/store/store.test.ts", bad: [long(801)], good: [long(800)] },
  {
    rule: functionLength,
    path: "src/store/store.ts",
    bad: [
      `function a() {\n${long(89)}}`,
      `const a = () => {\n${long(89)}};`,
      `class A { get b() {\n${long(89)}} }`,
    ],
    good: [`function a() {\n${long(88)}}`],
  },
];

describe("every file is tidy", async () => {
  const files = await readSourceFiles();

  test("the files were read", () => {
    const paths = files.map((file) => file.path);
    expect(paths).toEqual(
      expect.arrayContaining(["package.json", "src/domain/errors.ts", "test/tidy/tidy.test.ts"]),
    );
  });

  const all = new Set([...rules.map(({ rule }) => rule), textRules.fileNames]);
  test.each([...all])("$name", (rule) => {
    const applicable = files.filter((file) => rule.appliesTo(file));
    expect(applicable.length).toBeGreaterThan(0);
    expect(applicable.flatMap((file) => rule.find(file))).toEqual([]);
  });
});

describe("the rules notice what they are for", () => {
  test.each(rules)("$rule.name in $path", ({ rule, path, bad, good }) => {
    for (const text of bad) {
      expect(rule.appliesTo({ path, text })).toBe(true);
      expect(rule.find({ path, text }), text.slice(0, 60)).not.toEqual([]);
    }
    for (const text of good) expect(rule.find({ path, text }), text.slice(0, 60)).toEqual([]);
  });

  test("vague file names", () => {
    const find = (path: string) => textRules.fileNames.find({ path, text: "" }).length;
    expect(
      ["src/a/utils.ts", "src/helpers/a.ts", "src/a/store-manager.ts", "src/common/x.ts"].map(find),
    ).toEqual([1, 1, 1, 1]);
    expect(["src/a/commit.ts", "src/a/command.ts", "src/a/miscount.ts"].map(find)).toEqual([0, 0, 0]);
  });
});
