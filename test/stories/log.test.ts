import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

async function threeWriters() {
  const story = await importedLampShop();
  await story.write(canonical.command, "Write the brief for $1, in ten lines.\n");
  await story.build("status");
  await story.write(canonical.skill, `${await story.read(canonical.skill)}\nRead it aloud.\n`);
  await story.build(
    "save",
    "--agent",
    "polisher",
    "--model",
    "opus-5",
    "--session",
    "s1",
    "--reason",
    "asked by ana",
  );
  return story;
}

describe("log", () => {
  test("newest first, each with who did it; what nobody claimed is unknown, never the person", async () => {
    await using story = await threeWriters();
    expect(story.show(await story.stet("log"))).toMatchInlineSnapshot(`
      "$ stet log
      op_1  <time>  polisher (opus-5, session s1, claimed)  skill/copy: edited Never
          why asked by ana
      op_2  <time>  unknown                                 command/shop/brief: edited (opening); removed field description
      op_3  <time>  ana (claimed)                           added agent/reviewer; added command/shop/brief; added rule/AGENTS; and 1 more
      --- exit 0"
    `);
  });

  test("of one artifact", async () => {
    await using story = await threeWriters();
    expect(story.show(await story.stet("log", "command/shop/brief"))).toMatchInlineSnapshot(`
      "$ stet log command/shop/brief
      op_1  <time>  unknown        command/shop/brief: edited (opening); removed field description
      op_2  <time>  ana (claimed)  added agent/reviewer; added command/shop/brief; added rule/AGENTS; and 1 more
      --- exit 0"
    `);
  });

  test("-n bounds it and the next page follows with --before", async () => {
    await using story = await threeWriters();
    const first = dataOf(await story.stet("log", "-n", "1", "--json")).operations;
    const all = dataOf(await story.stet("log", "--json")).operations;
    if (!Array.isArray(first) || !Array.isArray(all)) throw new Error("no operations");
    expect(first).toEqual(all.slice(0, 1));
    const rest = dataOf(await story.stet("log", "--before", first[0].id, "--json")).operations;
    expect(rest).toEqual(all.slice(1));
  });

  test("the shape that others rely on", async () => {
    await using story = await threeWriters();
    const { operations } = dataOf(await story.stet("log", "-n", "1", "--json"));
    expect(operations).toMatchObject([
      {
        id: expect.stringMatching(/^op_[0-9a-z]{20}$/),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
        actor: {
          name: "polisher",
          kind: "agent",
          runtime: null,
          agentId: "polisher",
          modelId: "opus-5",
          session: "s1",
          standing: "claimed",
        },
        reason: "asked by ana",
        undoes: null,
        changes: [
          {
            collection: expect.any(String),
            path: "skills/copy/SKILL.md",
            before: expect.stringMatching(/^sha256:/),
            after: expect.stringMatching(/^sha256:/),
          },
        ],
      },
    ]);
  });
});
