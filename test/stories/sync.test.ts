import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

const copy = ".claude/agents/reviewer.md";

describe("sync", () => {
  test("carries a canonical edit to both runtimes, each in its own format", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    expect(story.show(await story.stet("sync", "--dry-run"))).toMatchInlineSnapshot(`
      "$ stet sync --dry-run
        ~ agent/reviewer -> claude:project
        ~ agent/reviewer -> codex:project
        = command/shop/brief codex:project: Codex has no commands in a project, and its prompts in the home folder are deprecated; as-skill in collection.toml writes them as skills
      Nothing was written.
      --- on standard error
      Next: stet sync
      --- exit 0"
    `);
    expect(await story.read(copy)).toContain("twice");
    expect(story.show(await story.stet("sync"))).toMatchInlineSnapshot(`
      "$ stet sync
      ✓ Synced claude:project:.claude/agents/reviewer.md and codex:project:.codex/agents/reviewer.toml  op_1
      --- on standard error
      Next: stet undo
      --- exit 0"
    `);
    expect(await story.read(copy)).toBe(await story.read(canonical.agent));
    expect(await story.read(".codex/agents/reviewer.toml")).toContain("two times");
    expect(await story.log()).toMatchInlineSnapshot(`
      "op_1 ana sync: ~claude:project:.claude/agents/reviewer.md ~codex:project:.codex/agents/reviewer.toml
      op_2 unknown capture: ~agents/reviewer.md
      op_3 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
    `);
  });

  test("takes a runtime's edit in and carries it on", async () => {
    await using story = await importedLampShop();
    await story.write(copy, (await story.read(copy)).replace("twice", "two times"));
    await story.build("sync");
    expect(await story.read(canonical.agent)).toContain("two times");
    expect(await story.read(".codex/agents/reviewer.toml")).toContain("two times");
  });

  test("a second sync writes nothing", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    await story.build("sync");
    expect(dataOf(await story.stet("sync", "--json"))).toMatchObject({ operation: null, changed: [] });
  });

  test("where both sides moved nothing is overwritten, and the exit code is 4", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    await story.write(copy, (await story.read(copy)).replace("twice", "again"));
    expect(story.show(await story.stet("sync"))).toMatchInlineSnapshot(`
      "$ stet sync
      ✓ Synced codex:project:.codex/agents/reviewer.toml  op_1
        ⇅ conflict  cf_1
      --- on standard error
      Next: stet conflicts
      --- exit 4"
    `);
    expect(await story.read(copy)).toContain("again");
    expect(await story.disk()).not.toMatch(/<<<<|\.orig|\.bak/);
  });

  test("undo of a sync restores the runtimes' files, not the canonical ones", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    await story.build("save");
    await story.build("sync");
    await story.build("undo");
    expect(await story.read(copy)).toContain("twice");
    expect(await story.read(canonical.agent)).toContain("two times");
  });
});

test("edits of different lines on both sides come together, and the copy gets what it lacks (BUGS P2)", async () => {
  await using story = await importedLampShop();
  const copy = ".claude/skills/copy/SKILL.md";
  const before = await story.read(canonical.skill);
  await story.write(canonical.skill, before.replace("Be short.", "Be brief."));
  await story.write(copy, before.replace("say perfect", "say ideal"));
  expect(story.show(await story.stet("sync"))).toMatchInlineSnapshot(`
    "$ stet sync
    ✓ Synced skills/copy/SKILL.md and claude:project:.claude/skills/copy/SKILL.md  op_1
      merged  R3  skills/copy/SKILL.md: Copy
      merged  R3  skills/copy/SKILL.md: Copy > Never
    --- on standard error
    Next: stet undo
    --- exit 0"
  `);
  const both = before.replace("Be short.", "Be brief.").replace("say perfect", "say ideal");
  expect(await story.read(canonical.skill)).toBe(both);
  expect(await story.read(copy)).toBe(both);
  expect((await story.build("sync")).stdout).toContain("Everything");
  await story.build("undo");
  expect(await story.read(copy)).toBe(before.replace("say perfect", "say ideal"));
  await story.build("verify");
});
