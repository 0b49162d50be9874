import { describe, expect, test } from "vitest";
import { lampShop } from "./lamp-shop.ts";
import { dataOf, Story } from "./story.ts";

describe("init", () => {
  test("without a terminal it shows the plan, writes nothing, and ends with 4", async () => {
    await using story = await Story.begin(lampShop);
    const before = await story.disk();
    expect(story.show(await story.stet("init"))).toMatchInlineSnapshot();
    expect(await story.disk()).toBe(before);
  });

  test("--yes imports what is there as version 1", async () => {
    await using story = await Story.begin(lampShop);
    expect(story.show(await story.stet("init", "--yes"))).toMatchInlineSnapshot();
    expect(await story.disk()).toMatchInlineSnapshot();
    expect(await story.log()).toMatchInlineSnapshot();
  });

  test("--dry-run shows the plan and ends with 0", async () => {
    await using story = await Story.begin(lampShop);
    const told = await story.stet("init", "--dry-run", "--yes");
    expect(told.stdout).toContain("Nothing was written.");
    expect(await story.disk()).not.toContain("stet/");
  });

  test("--json has the shape that others rely on", async () => {
    await using story = await Story.begin(lampShop);
    expect(dataOf(await story.stet("init", "--yes", "--json"))).toMatchObject({
      collection: expect.any(String),
      root: expect.any(String),
      imported: { skill: 1, agent: 1, command: 1, rule: 1 },
      operation: expect.stringMatching(/^op_/),
    });
  });

  test("where only Claude Code is used, its folder becomes the root and no file moves", async () => {
    await using story = await Story.begin({
      ".claude/agents/reviewer.md": "---\nname: reviewer\ndescription: Reviews.\n---\n\nLook.\n",
    });
    await story.build("init", "--yes");
    expect(await story.disk()).toMatchInlineSnapshot();
  });

  test("a second init changes nothing and says so", async () => {
    await using story = await Story.begin(lampShop);
    await story.build("init", "--yes");
    const before = [await story.disk(), await story.log()];
    expect(story.show(await story.stet("init", "--yes"))).toMatchInlineSnapshot();
    expect([await story.disk(), await story.log()]).toEqual(before);
  });

  test("an empty project has nothing to import, and is a collection afterwards", async () => {
    await using story = await Story.begin({});
    expect(story.show(await story.stet("init", "--yes"))).toMatchInlineSnapshot();
    expect((await story.stet("list")).exit).toBe(0);
  });
});
