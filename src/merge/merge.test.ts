import { describe, expect, test } from "vitest";
import { merge } from "./merge.ts";
import type { MergeOptions, TextMerge } from "./merge-types.ts";

function merged(base: string, yours: string, theirs: string, options: Partial<MergeOptions> = {}): TextMerge {
  return merge({ base, yours, theirs }, { format: "markdown", ...options });
}

/** The result, where nothing is asked. */
function clean(...sides: Parameters<typeof merged>): string {
  const { text, units } = merged(...sides);
  expect(units).toEqual([]);
  return text;
}

/** What is asked, and where. */
function asked(...sides: Parameters<typeof merged>): readonly string[] {
  return merged(...sides).units.map(({ rule, where }) => `${rule} ${where}`);
}

const lamp = "# Lamp\n\nIt gives light.\n\n## Use\n\nTurn it on.\n\n## Care\n\nKeep it dry.\n";

describe("sections (R3)", () => {
  test("an edit follows a section to where the other side moved it", () => {
    const moved = "# Lamp\n\nIt gives light.\n\n## Care\n\nKeep it dry.\n\n## Use\n\nTurn it on.\n";
    const edited = lamp.replace("Turn it on.", "Turn it on at night.");
    expect(clean(lamp, moved, edited)).toBe(moved.replace("Turn it on.", "Turn it on at night."));
    expect(clean(lamp, edited, moved)).toBe(moved.replace("Turn it on.", "Turn it on at night."));
  });

  test("an edit stays in a section that the other side renamed", () => {
    const renamed = lamp.replace("## Care", "## Upkeep");
    const edited = lamp.replace("Keep it dry.", "Keep it dry and clean.");
    expect(clean(lamp, renamed, edited)).toBe(edited.replace("## Care", "## Upkeep"));
  });

  test("a section removed here and edited there is asked (X2)", () => {
    const removed = lamp.replace("## Use\n\nTurn it on.\n\n", "");
    const edited = lamp.replace("Turn it on.", "Turn it on at night.");
    expect(asked(lamp, removed, edited)).toEqual(["X2 Lamp > Use"]);
    expect(asked(lamp, edited, removed)).toEqual(["X2 Lamp > Use"]);
  });

  test("the same new heading with other content is asked (X3), also in another place", () => {
    const yours = lamp.replace("## Use", "## Oil\n\nTake the good one, every week.\n\n## Use");
    const theirs = `${lamp}\n## Oil\n\nFill it up to the mark.\n`;
    expect(asked(lamp, yours, theirs)).toEqual(["X3 Lamp > Oil"]);
    expect(clean(lamp, yours, yours)).toBe(yours);
  });

  test("sections that both added at the same place are both kept, theirs first (R6)", () => {
    const yours = `${lamp}\n## Oil\n\nTake the good one.\n`;
    const theirs = `${lamp}\n## Wick\n\nTrim it every week.\n`;
    const result = merged(lamp, yours, theirs);
    expect(result.text).toBe(`${lamp}\n## Wick\n\nTrim it every week.\n\n## Oil\n\nTake the good one.\n`);
    expect(result.units).toEqual([]);
    expect(result.decisions).toContainEqual({ rule: "R6", where: "Lamp > Care", mark: "order" });
  });

  test("duplicate headings are told apart by their order", () => {
    const base = "# A\n\none\n\n# A\n\ntwo\n\n# A\n\nthree\n";
    expect(clean(base, base.replace("one", "ONE"), base.replace("three", "THREE"))).toBe(
      base.replace("one", "ONE").replace("three", "THREE"),
    );
  });

  test("setext headings, # in a fence, and HTML blocks do not take sections apart", () => {
    const base =
      "Title\n=====\n\nText.\n\n```sh\n# no heading\nrun\n```\n\n<div>\n# no heading\n</div>\n\nSub\n---\n\nMore.\n";
    const yours = base.replace("# no heading\nrun", "# no heading\nrun --fast");
    const theirs = base.replace("More.", "Much more.");
    const result = merged(base, yours, theirs);
    expect(result.text).toBe(yours.replace("More.", "Much more."));
    expect(result.decisions.map(({ where }) => where)).toEqual(["Title", "Title > Sub"]);
  });
});

describe("lines and sentences (R4, R5)", () => {
  test("sentences of one paragraph are merged and marked to be looked at", () => {
    const base = "One is here. Two is here. Three is here.\n";
    const result = merged(base, base.replace("One", "1"), base.replace("Three", "3"));
    expect(result).toMatchObject({ text: "1 is here. Two is here. 3 is here.\n", units: [] });
    expect(result.decisions).toContainEqual({ rule: "R5", where: "", mark: "look" });
  });

  test.each([
    [
      "Korean",
      "불을 켭니다. 기름을 채웁니다. 심지를 자릅니다.\n",
      "켭니다",
      "끕니다",
      "자릅니다",
      "갈아 끼웁니다",
    ],
    ["Japanese", "灯をともす。油を足す。芯を切る。\n", "ともす", "消す", "切る", "替える"],
    ["Chinese", "点灯。加油。剪灯芯。\n", "点灯", "关灯", "剪", "换"],
    [
      "emoji and combining marks",
      "One 👩‍👩‍👧 e\u0301. Two. Three 🇰🇷 e\u0301.\n",
      "One 👩‍👩‍👧",
      "One 👨‍👩‍👧",
      "🇰🇷",
      "🇰🇵",
    ],
  ])("sentence ends in %s", (_language, base, yourWord, yourNew, theirWord, theirNew) => {
    const both = base.replace(yourWord, yourNew).replace(theirWord, theirNew);
    expect(clean(base, base.replace(yourWord, yourNew), base.replace(theirWord, theirNew))).toBe(both);
  });

  test.each([
    ["the same sentence", "One two three four.\n", "One", "1", "four", "4"],
    ["a line of code", "```\nOne. Two. Three.\n```\n", "One", "1", "Three", "3"],
    ["a task", "- [ ] One. Two. Three.\n", "One", "1", "Three", "3"],
    ["a cell of a table", "| a | One. Two. |\n| - | - |\n", "One", "1", "Two", "2"],
  ])("%s is not taken apart (X1)", (_what, base, yourWord, yourNew, theirWord, theirNew) => {
    expect(asked(base, base.replace(yourWord, yourNew), base.replace(theirWord, theirNew))).toEqual(
      ["X1 line 2"].map(() => expect.stringMatching(/^X1 /)),
    );
  });

  test("cells of one row, and members of nested lists", () => {
    const table = "| a | b |\n| - | - |\n| 1 | 2 |\n";
    expect(clean(table, table.replace("| 1", "| one"), table.replace("2 |", "two |"))).toBe(
      "| a | b |\n| - | - |\n| one | two |\n",
    );
    const list = "- one\n  - inner\n  - other\n- two\n";
    expect(clean(list, list.replace("inner", "INNER"), list.replace("other", "OTHER"))).toBe(
      "- one\n  - INNER\n  - OTHER\n- two\n",
    );
  });

  test("what both added twice is asked, and what both added alike stands once", () => {
    const list = "- one\n- two\n- three\n";
    expect(clean(list, `${list}- four\n`, `${list}- four\n`)).toBe(`${list}- four\n`);
    expect(asked(list, `- four\n${list}`, `${list}- four\n`)).toEqual([expect.stringMatching(/^X3 /)]);
  });

  test("additions to a paragraph or to code at the same place are asked, to a list kept", () => {
    const code = "```\nstart\n```\n";
    expect(
      asked(code, code.replace("start\n", "start\nmine\n"), code.replace("start\n", "start\nother\n")),
    ).toEqual(["X1 line 3"]);
    const list = "- one\n\nEnd.\n";
    expect(
      clean(list, list.replace("- one\n", "- one\n- mine\n"), list.replace("- one\n", "- one\n- other\n")),
    ).toBe("- one\n- other\n- mine\n\nEnd.\n");
  });
});

describe("the frontmatter (R2)", () => {
  const base = "---\nname: lamp\nnote: |\n  a\n  --- not a fence\n  b\ntools: [a]\n---\nText.\n";

  test("keys are merged, also around --- inside a value", () => {
    const yours = base.replace("name: lamp", "name: lantern");
    const theirs = base.replace("  b\n", "  b and c\n");
    expect(clean(base, yours, theirs)).toBe(yours.replace("  b\n", "  b and c\n"));
  });

  test("added on one side, removed on one side, edited and removed", () => {
    const body = "Text.\n";
    expect(clean(body, `---\nname: lamp\n---\n${body}`, "Texts.\n")).toBe("---\nname: lamp\n---\nTexts.\n");
    expect(clean(base, "Text.\n", base.replace("Text", "Texts"))).toBe("Texts.\n");
    expect(asked(base, "Text.\n", base.replace("name: lamp", "name: lantern"))).toEqual(["X2 frontmatter"]);
  });

  test("one that cannot be read is merged by lines, and that is said", () => {
    const bad = "---\nname: [lamp\n\nother: }\n---\nText.\n";
    const result = merged(bad, bad.replace("[lamp", "[lantern"), bad.replace("other: }", "other: ]"));
    expect(result).toMatchObject({ text: "---\nname: [lantern\n\nother: ]\n---\nText.\n", units: [] });
    expect(result.decisions).toContainEqual({ rule: "R4", where: "frontmatter", fallback: "lines" });
  });
});

describe("line ends, BOM and final newline", () => {
  const base = "one\n\ntwo\n\nthree\n";

  test("are of no account where texts are else the same (R0)", () => {
    const result = merged(base, "one\r\n\r\nTWO\r\n\r\nthree", "\uFEFFone  \n\nTWO\n\nthree\n");
    expect(result).toMatchObject({ units: [], decisions: [{ rule: "R0", where: "" }] });
  });

  test("each comes from the side that changed it (BUGS D7)", () => {
    const yours = base.replace("one", "ONE").replaceAll("\n", "\r\n");
    const theirs = `\uFEFF${base.replace("three\n", "THREE")}`;
    expect(clean(base, yours, theirs)).toBe("\uFEFFONE\r\n\r\ntwo\r\n\r\nTHREE");
  });

  test("mixed ones that nobody touched stay byte for byte", () => {
    const mixed = "one\r\n\ntwo\n\nthree\nfour  \n";
    expect(clean(mixed, mixed.replace("one", "1"), mixed.replace("four", "4"))).toBe(
      "1\r\n\ntwo\n\nthree\n4  \n",
    );
  });
});

describe("what is asked", () => {
  const base = "one\n\nsame old line\n\nthree\n";
  const yours = base.replace("old", "my").replace("one", "1");
  const theirs = base.replace("old", "their").replace("three", "3");

  test("holds theirs meanwhile, and becomes what is chosen; a choice outlives edits elsewhere", () => {
    const open = merged(base, yours, theirs);
    expect(open.text).toBe("1\n\nsame their line\n\n3\n");
    const [unit] = open.units;
    expect(unit).toMatchObject({
      rule: "X1",
      where: "line 3",
      base: "same old line\n",
      yours: "same my line\n",
    });
    const key = unit?.key ?? "";
    for (const [choice, text] of [
      ["yours", "1\n\nsame my line\n\n3\n"],
      ["theirs", "1\n\nsame their line\n\n3\n"],
      ["both", "1\n\nsame their line\nsame my line\n\n3\n"],
      [{ text: "agreed" }, "1\n\nagreed\n\n3\n"],
    ] as const) {
      expect(clean(base, yours, theirs, { choices: new Map([[key, choice]]) })).toBe(text);
    }
    const later = `zero\n\n${theirs}`;
    expect(clean(base, yours, later, { choices: new Map([[key, "yours"]]) })).toBe(
      "zero\n\n1\n\nsame my line\n\n3\n",
    );
  });

  test("is answered by a policy, on record", () => {
    const result = merged(base, yours, theirs, { policy: () => "union" });
    expect(result).toMatchObject({ text: "1\n\nsame their line\nsame my line\n\n3\n", units: [] });
    expect(result.decisions).toContainEqual({
      rule: "X1",
      where: "line 3",
      settled: { by: "policy", took: "both" },
    });
  });

  test("is the whole text where the result has a problem that neither side had (X4)", () => {
    const validate = (text: string) => (text.includes("1") && text.includes("3") ? ["1 and 3"] : []);
    const parts = [base, base.replace("one", "1"), base.replace("three", "3")] as const;
    expect(merged(...parts, { validate })).toMatchObject({
      text: parts[2],
      units: [{ rule: "X4", where: "" }],
    });
    expect(clean(...parts, { validate: () => ["always"] })).toBe("1\n\nsame old line\n\n3\n");
  });
});

test("a text that is nothing but repeated lines in another order ends within the budget, as units", () => {
  const shuffled = (step: number) =>
    Array.from({ length: 4000 }, (_, at) => `line ${(at * step) % 7}\n`).join("");
  const result = merged(shuffled(1), shuffled(3), shuffled(5));
  expect(result.units.length).toBeGreaterThan(0);
  expect(result.text).toBe(merged(shuffled(1), shuffled(3), shuffled(5)).text);
});
