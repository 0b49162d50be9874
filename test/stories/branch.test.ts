import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

const longBrief = "---\ndescription: Write a brief\n---\n\nWrite a long brief for $1.\n";

describe("branch, switch and merge", () => {
  test("a branch is begun, listed and removed", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("branch", "trial"))).toMatchInlineSnapshot(`
      "$ stet branch trial
      ✓ Began the branch trial  op_1
      --- on standard error
      Next: stet switch trial  ·  stet undo
      --- exit 0"
    `);
    const { branches } = dataOf(await story.stet("branch", "--json"));
    expect(branches).toMatchObject([
      { name: "main", current: true, elsewhere: [] },
      { name: "trial", current: false },
    ]);
    expect((await story.stet("branch")).stdout).toMatch(/^✓ here {2}main/);
    await story.build("branch", "--delete", "trial", "--yes");
    expect((await story.stet("branch")).stdout).not.toContain("trial");
  });

  test("a name that is taken or not safe is refused", async () => {
    await using story = await importedLampShop();
    expect((await story.stet("branch", "main")).exit).toBe(1);
    expect((await story.stet("branch", "../out")).exit).toBe(6);
  });

  test("switch puts the branch's files in place, and what was edited stays where it was edited", async () => {
    await using story = await importedLampShop();
    const before = await story.read(canonical.command);
    await story.build("switch", "--create", "trial");
    await story.write(canonical.command, longBrief);
    expect(story.show(await story.stet("switch", "main"))).toMatchInlineSnapshot(`
      "$ stet switch main
      ✓ Now on main: commands/shop/brief.md  op_1
      --- on standard error
      Next: stet sync  ·  stet undo
      --- exit 0"
    `);
    expect(await story.read(canonical.command)).toBe(before);
    await story.build("switch", "trial");
    expect(await story.read(canonical.command)).toBe(longBrief);
    expect(await story.log()).toMatchInlineSnapshot(`
      "op_2 ana switch: ~commands/shop/brief.md
      op_1 ana switch: ~commands/shop/brief.md
      op_3 unknown capture: ~commands/shop/brief.md
      op_4 ana switch: 
      op_5 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
    `);
  });

  test("merge takes the other branch's changes in", async () => {
    await using story = await importedLampShop();
    await story.build("switch", "--create", "trial");
    await story.write(canonical.command, longBrief);
    await story.build("save");
    await story.build("switch", "main");
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    await story.build("save");
    expect(story.show(await story.stet("merge", "trial"))).toMatchInlineSnapshot(`
      "$ stet merge trial
      ✓ Merged commands/shop/brief.md  op_1
      --- on standard error
      Next: stet sync  ·  stet undo
      --- exit 0"
    `);
    expect(await story.read(canonical.command)).toBe(longBrief);
    expect(await story.read(canonical.agent)).toContain("two times");
    expect((await story.stet("merge", "trial")).exit).toBe(0);
  });

  test("the same file on both branches: what is here stays, both are kept, exit 4 (BUGS P2)", async () => {
    await using story = await importedLampShop();
    await story.build("switch", "--create", "trial");
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "again"));
    await story.build("save");
    await story.build("switch", "main");
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    await story.build("save");
    const told = await story.stet("merge", "trial");
    expect(story.show(told)).toMatchInlineSnapshot(`
      "$ stet merge trial
      ⇅ Nothing was overwritten; both sides are kept  op_1
        ⇅ conflict  cf_1
      --- on standard error
      Next: stet conflicts  ·  stet undo
      --- exit 4"
    `);
    expect(told.exit).toBe(4);
    expect(await story.read(canonical.agent)).toContain("two times");
    const { conflicts } = dataOf(await story.stet("conflicts", "--json"));
    if (!Array.isArray(conflicts)) throw new Error("no conflicts");
    await story.build("resolve", conflicts[0].id, "--yours");
    expect(await story.read(canonical.agent)).toContain("again");
  });
});
