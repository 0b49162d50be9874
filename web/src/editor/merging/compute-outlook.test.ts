import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { merge } from "../../../../src/merge/merge.ts";
import { computeOutlook } from "./compute-outlook.ts";
import type { MergeJob, MergeOutlook } from "./merge-job.ts";

const path = "skills/lamps/SKILL.md";
const base =
  "---\nname: lamps\ndescription: Lights lamps.\n---\n\n# Lamps\n\n## Usage\n\nTurn them on.\n\n## Care\n\nDust them.\n";

const job = (yours: string, theirs: string, choices: MergeJob["choices"] = new Map()): MergeJob => ({
  path,
  base,
  yours,
  theirs,
  choices,
});

const unitsOf = ({ pieces }: MergeOutlook) =>
  pieces.flatMap((piece) => (piece.type === "unit" ? [piece.unit] : []));

describe("how texts come together", () => {
  test("edits of different sections are one piece of text", () => {
    const outlook = computeOutlook(job(base.replace("on.", "on softly."), base.replace("Dust", "Wipe")));
    expect(outlook.open).toEqual([]);
    expect(outlook.pieces).toEqual([{ type: "text", text: outlook.text }]);
    expect(outlook.text).toMatch(/softly[\s\S]*Wipe/);
  });

  test("a spot that both meant stands where it is, between the text as it will be", () => {
    const outlook = computeOutlook(job(base.replace("on.", "on softly."), base.replace("on.", "up.")));
    expect(outlook.pieces.map(({ type }) => type)).toEqual(["text", "unit", "text"]);
    const [before, , after] = outlook.pieces;
    expect(before).toMatchObject({ text: expect.stringMatching(/## Usage\n\n$/) });
    expect(after).toMatchObject({ text: expect.stringContaining("## Care") });
  });

  test("a field that both changed is a spot in the frontmatter", () => {
    const outlook = computeOutlook(job(base.replace("Lights", "Burns"), base.replace("Lights", "Tends")));
    expect(unitsOf(outlook).map(({ where }) => where)).toEqual(["frontmatter: description"]);
    const at = outlook.pieces.findIndex(({ type }) => type === "unit");
    expect(outlook.pieces[at - 1]).toMatchObject({ text: expect.stringContaining("name: lamps") });
  });

  test("a choice settles its spot and no other", () => {
    const yours = base.replace("on.", "on softly.").replace("Dust", "Polish");
    const theirs = base.replace("on.", "up.").replace("Dust", "Wipe");
    const [first, second] = unitsOf(computeOutlook(job(yours, theirs)));
    if (first === undefined || second === undefined) throw new Error("two spots");
    const outlook = computeOutlook(job(yours, theirs, new Map([[first.key, "yours"]])));
    expect(outlook.open).toEqual([second.key]);
    expect(unitsOf(outlook)).toHaveLength(2);
    expect(outlook.text).toContain("on softly.");
  });

  test("every unit is one piece, and the text is the server's own merge", () => {
    const words = fc.constantFrom("on", "off", "up", "down", "softly", "stetspot0x");
    const text = fc
      .array(fc.array(words, { maxLength: 4 }), { minLength: 1, maxLength: 6 })
      .map((lines) => `# Lamps\n\n${lines.map((line) => line.join(" ")).join("\n\n")}\n`);
    fc.assert(
      fc.property(text, text, text, (one, yours, theirs) => {
        const outlook = computeOutlook({ path: "notes.md", base: one, yours, theirs, choices: new Map() });
        const plain = merge({ base: one, yours, theirs }, { format: "markdown" });
        expect(outlook.text).toBe(plain.text);
        expect(outlook.open.toSorted()).toEqual(plain.units.map(({ key }) => key).toSorted());
        expect(
          unitsOf(outlook)
            .map(({ key }) => key)
            .toSorted(),
        ).toEqual(outlook.open.toSorted());
      }),
      { numRuns: 1_000 },
    );
  });
});
