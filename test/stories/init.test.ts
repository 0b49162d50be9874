import { describe, expect, test } from "vitest";
import { lampShop } from "./lamp-shop.ts";
import { dataOf, Story } from "./story.ts";

describe("init", () => {
  test("without a terminal it shows the plan, writes nothing, and ends with 4", async () => {
    await using story = await Story.begin(lampShop);
    const before = await story.disk();
    expect(story.show(await story.stet("init"))).toMatchInlineSnapshot(`
      "$ stet init
        + .agents/stet/  the collection's own files; Claude Code and Codex are used here
        = AGENTS.md stays where it is, as version 1
        + 1 agent, 1 command, 1 skill copied from claude into .agents, as version 1
        = carried to Claude Code (.claude), Codex (.codex); their files do not change now
      Nothing was written.
      --- on standard error
      Next: stet init --yes
      --- exit 4"
    `);
    expect(await story.disk()).toBe(before);
  });

  test("a runtime that finds each skill in two places is named before anything is written", async () => {
    const skill = "---\nname: pdf\ndescription: Reads PDF files\n---\nRead.\n";
    await using story = await Story.begin({
      ".claude/skills/pdf/SKILL.md": skill,
      ".cursor/skills/pdf/SKILL.md": skill,
    });
    expect(story.show(await story.stet("init"))).toMatchInlineSnapshot(`
      "$ stet init
        + .agents/stet/  the collection's own files; Claude Code and Cursor are used here
        + 1 skill copied from claude into .agents, as version 1
        = carried to Claude Code (.claude), Cursor (.cursor); their files do not change now
        = once synced, Cursor reads .agents/skills and .claude/skills, and may show each skill 2 times
      Nothing was written.
      --- on standard error
      Next: stet init --yes
      --- exit 4"
    `);
  });

  test("--yes imports what is there as version 1", async () => {
    await using story = await Story.begin(lampShop);
    expect(story.show(await story.stet("init", "--yes"))).toMatchInlineSnapshot(`
      "$ stet init --yes
      ✓ Imported 1 skill, 1 agent, 1 command, 1 rule into .agents (collection project)  op_1
      --- on standard error
      Next: stet status  ·  stet log  ·  stet init --hooks
      --- exit 0"
    `);
    expect(await story.disk()).toMatchInlineSnapshot(`
      ".agents/agents/reviewer.md
      .agents/commands/shop/brief.md
      .agents/skills/copy/SKILL.md
      .agents/skills/copy/scripts/measure.sh *
      .agents/stet/.gitignore
      .agents/stet/collection.toml
      .claude/agents/reviewer.md
      .claude/commands/shop/brief.md
      .claude/skills/copy/SKILL.md
      .claude/skills/copy/scripts/measure.sh *
      .codex/agents/reviewer.toml
      AGENTS.md"
    `);
    expect(await story.log()).toMatchInlineSnapshot(
      `"op_1 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"`,
    );
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
      imported: { skill: 1, agent: 1, command: 1, rule: expect.any(Number) },
      operation: expect.stringMatching(/^op_/),
    });
  });

  test("instructions in place count as rules", async () => {
    await using story = await Story.begin(lampShop);
    const { imported } = dataOf(await story.stet("init", "--yes", "--json"));
    expect(imported).toMatchObject({ rule: 1 });
  });

  test("where only Claude Code is used, its folder becomes the root and no file moves", async () => {
    await using story = await Story.begin({
      ".claude/agents/reviewer.md": "---\nname: reviewer\ndescription: Reviews.\n---\n\nLook.\n",
    });
    await story.build("init", "--yes");
    expect(await story.disk()).toMatchInlineSnapshot(`
      ".claude/agents/reviewer.md
      .claude/stet/.gitignore
      .claude/stet/collection.toml"
    `);
  });

  test("a second init is refused and changes nothing", async () => {
    await using story = await Story.begin(lampShop);
    await story.build("init", "--yes");
    const before = [await story.disk(), await story.log()];
    expect(story.show(await story.stet("init", "--yes"))).toMatchInlineSnapshot(`
      "$ stet init --yes
      --- on standard error
      ✗ This is a collection already.  E-EXISTS
        where  <project>/.agents
        why    It has a collection file, and the store knows it.
        kept   Nothing was changed.
        fix    stet status  see where everything stands
               stet save    take in what changed on disk
      --- exit 1"
    `);
    expect([await story.disk(), await story.log()]).toEqual(before);
  });

  test("an empty project has nothing to import, and is a collection afterwards", async () => {
    await using story = await Story.begin({});
    expect(story.show(await story.stet("init", "--yes"))).toMatchInlineSnapshot(`
      "$ stet init --yes
      ✓ Imported nothing yet into .agents (collection project)  op_1
      --- on standard error
      Next: stet status  ·  stet log
      --- exit 0"
    `);
    expect((await story.stet("list")).exit).toBe(0);
  });
});
