import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sectionChanges } from "./section-changes.ts";

const told = (before: string, after: string) =>
  sectionChanges(before, after).map(({ section, change }) => `${change} ${section}`);

const sections = (...parts: readonly string[]) =>
  parts.map((part) => `## ${part}\n\nText of ${part}.\n\n`).join("");

describe("sections", () => {
  test.each([
    ["edited", "# A\nx\n# B\ny\n", "# A\nx\n# B\nz\n", ["changed B"]],
    ["added in the middle", sections("A", "B"), sections("A", "C", "B"), ["added C"]],
    ["removed", sections("A", "B", "C"), sections("A", "C"), ["removed B"]],
    ["moved to the front", sections("A", "B", "C"), sections("C", "A", "B"), ["moved C"]],
    ["swapped", sections("A", "B"), sections("B", "A"), ["moved B"]],
    ["renamed with its text", sections("A", "B"), sections("A", "B").replace("## B", "## Z"), ["changed Z"]],
    ["moved under another", "# A\n## X\nx\n# B\n", "# A\n# B\n## X\nx\n", ["moved B > X"]],
    ["of a renamed parent", "# A\na\n## X\nx\n", "# Z\na\n## X\nx2\n", ["changed Z", "changed Z > X"]],
    ["left as they are under a renamed parent", "# A\na\n## X\nx\n", "# Z\na\n## X\nx\n", ["changed Z"]],
    ["of another depth", "# A\n## X\nx\n", "# A\n### X\nx\n", ["changed A > X"]],
    ["under one heading twice", "## A\n1\n## A\n2\n", "## A\n1\n## A\n3\n", ["changed A (2)"]],
    ["before the first heading", "one\n# A\n", "two\n# A\n", ["changed (opening)"]],
    ["none, then text", "", "text\n", ["changed (opening)"]],
    ["in fences are no sections", "```\n# A\n```\n", "```\n# B\n```\n", ["changed (opening)"]],
    ["parted by more blank lines", "# A\nx\n# B\ny", "# A\n\nx\n\n\n# B\ny\n\n", []],
    ["in other frontmatter", "---\na: 1\n---\n# A\n", "---\na: 2\nb: 3\n---\n# A\n", []],
  ])("%s", (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  test("by the thousand are told as one", () => {
    const many = Array.from({ length: 600 }, (_, index) => `S${index}`);
    expect(told("", sections(...many))).toEqual(["changed *"]);
  });
});

const title = fc.constantFrom("A", "B", "C", "D", "E", "F", "G");
const titles = fc.uniqueArray(title, { maxLength: 7 });

describe("whatever the sections", () => {
  test("a text has no change from itself, nor with other line ends", () => {
    const line = fc.constantFrom("# A", "## B", "text", "", "```", "- x", "> # q", "A\n===", "---");
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join("\n");
        expect(told(text, text)).toEqual([]);
        expect(told(text, text.replaceAll("\n", "\r\n"))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("what came, went, changed and moved is exactly what was done", () => {
    fc.assert(
      fc.property(titles, titles, fc.uniqueArray(title), (before, after, edited) => {
        const old = sections(...before);
        const now = after
          .map((one) => `## ${one}\n\nText of ${one}${edited.includes(one) ? ", edited" : ""}.\n\n`)
          .join("");
        const changes = sectionChanges(old, now);
        const named = (change: string) =>
          changes
            .filter((one) => one.change === change)
            .map((one) => one.section)
            .sort();
        const kept = after.filter((one) => before.includes(one));
        expect(named("added")).toEqual(after.filter((one) => !before.includes(one)).sort());
        expect(named("removed")).toEqual(before.filter((one) => !after.includes(one)).sort());
        expect(named("changed")).toEqual(kept.filter((one) => edited.includes(one)).sort());
        const settled = kept.filter((one) => !named("moved").includes(one) && !edited.includes(one));
        const inOrder = [...settled].sort((one, other) => before.indexOf(one) - before.indexOf(other));
        expect(settled).toEqual(inOrder);
        expect(named("moved").length).toBeLessThanOrEqual(Math.max(0, kept.length - 1));
      }),
      { numRuns: 2_000 },
    );
  });
});
