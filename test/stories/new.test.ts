import { describe, expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { errorOf } from "./story.ts";

describe("new", () => {
  test("starts an artifact from a template", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("new", "skill/returns"))).toMatchInlineSnapshot(`
      "$ stet new skill/returns
      ✓ Created skills/returns/SKILL.md  op_1
      --- on standard error
      Next: stet edit skill/returns  ·  stet sync
      --- exit 0"
    `);
    expect(await story.read(".agents/skills/returns/SKILL.md")).toMatchInlineSnapshot(`
      "---
      name: returns
      description: Say what returns does and when to use it.
      ---

      # Returns
      "
    `);
    expect(await story.log()).toMatchInlineSnapshot(`
      "op_1 ana save: +skills/returns/SKILL.md
      op_2 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
    `);
  });

  test("takes the text from a file or from standard input, byte for byte", async () => {
    await using story = await importedLampShop();
    const text = "---\ndescription: Say it\r\n---\r\n\r\nSay it.\r\n";
    await story.write("draft.md", text);
    await story.build("new", "command/shop/say", "--from", "draft.md");
    expect((await story.stet("cat", "command/shop/say")).stdout).toBe(text);
    const told = await story.stetWith({ input: "# Rule\n" }, "new", "rule/tone", "--from", "-");
    expect(told.exit).toBe(0);
    expect((await story.stet("cat", "rule/tone")).stdout).toBe("# Rule\n");
  });

  test.each([
    "skill/../../escape",
    "skill/CON",
    "skill/-rf",
    "skill/a\nb",
    "skill/",
    "lamp/x",
    `skill/${"x".repeat(65)}`,
  ])("a name that is not safe is refused and leaves nothing: %j (BUGS D5, X2)", async (name) => {
    await using story = await importedLampShop();
    const before = await story.disk();
    const told = await story.stet("new", "--json", "--", name);
    expect(told.exit).not.toBe(0);
    expect(errorOf(told)).toMatchObject({ kept: expect.stringMatching(/\w/) });
    expect(await story.disk()).toBe(before);
  });

  test("an artifact that is there already is not replaced", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("new", "skill/copy"))).toMatchInlineSnapshot(`
      "$ stet new skill/copy
      --- on standard error
      ✗ There is an artifact of that name already.  E-EXISTS
        where  skill/copy
        why    Names that differ only by case or Unicode form count as one: not every file system holds them apart.
        kept   Nothing was written.
        fix    stet edit skill/copy  edit the one that is there
               stet list             see which names are taken
      --- exit 1"
    `);
  });

  test("a text with a secret is refused and not kept", async () => {
    await using story = await importedLampShop();
    const secret = `ghp_${"a1B2c3D4e5F6g7H8i9J0".repeat(2).slice(0, 36)}`;
    const told = await story.stetWith(
      { input: `token ${secret}\n` },
      "new",
      "rule/token",
      "--from",
      "-",
      "--json",
    );
    expect(told.exit).toBe(6);
    expect(errorOf(told)).toMatchObject({ code: "E-SECRET" });
    expect(told.stdout).not.toContain(secret);
    expect(await story.disk()).not.toContain("token.md");
  });
});
