import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

describe("diff", () => {
  test("shows the last change", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.skill, (await story.read(canonical.skill)).replace("Be short.", "Be brief."));
    await story.build("save");
    expect(story.show(await story.stet("diff", "skill/copy"))).toMatchInlineSnapshot(`
      "$ stet diff skill/copy
      --- a/skills/copy/SKILL.md
      +++ b/skills/copy/SKILL.md
      @@ -5,7 +5,7 @@
       
       # Copy
       
      -Be short.
      +Be brief.
       
       ## Never
      --- exit 0"
    `);
    expect((await story.stet("diff", "skill/copy", "--exit-code")).exit).toBe(3);
  });

  test("against a runtime's copy, as stet would write it", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    expect(
      story.show(await story.stet("diff", "agent/reviewer", "--target", "codex")),
    ).toMatchInlineSnapshot(`
      "$ stet diff agent/reviewer --target codex
      --- a/codex:project:.codex/agents/reviewer.toml
      +++ b/codex:project:.codex/agents/reviewer.toml
      @@ -1,5 +1,5 @@
       name = "reviewer"
       description = "Reviews changes to the checkout."
       developer_instructions = """
      -Look for a step that can be sent twice.
      +Look for a step that can be sent two times.
       """
      --- exit 0"
    `);
  });

  test("a control character in a file does not reach the terminal", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.command, "Write\u001b]0;owned\u0007 the brief.\n");
    await story.build("save");
    expect((await story.stet("diff", "command/shop/brief")).stdout).not.toContain("\u001b");
  });

  test("no difference is said, and ends with 0", async () => {
    await using story = await importedLampShop();
    const { stdout } = await story.build("log", "-n", "1");
    const told = await story.stet("diff", "--from", stdout.slice(0, 11), "--exit-code");
    expect(told).toMatchObject({ exit: 0, stdout: "No difference.\n" });
  });
});
