import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("pull takes a runtime's edit into the canonical file and leaves the other runtimes", async () => {
  await using story = await importedLampShop();
  const copy = ".codex/agents/reviewer.toml";
  await story.write(copy, (await story.read(copy)).replace("twice", "two times"));
  expect(story.show(await story.stet("pull"))).toMatchInlineSnapshot(`
    "$ stet pull
    ✓ Pulled agents/reviewer.md  op_1
    --- on standard error
    Next: stet undo
    --- exit 0"
  `);
  expect(await story.read(canonical.agent)).toContain("two times");
  expect(await story.read(".claude/agents/reviewer.md")).toContain("twice");
  expect(await story.log()).toMatchInlineSnapshot(`
    "op_1 ana pull: ~agents/reviewer.md
    op_2 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
  `);
});

test("with nothing to take in it says so", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("pull"))).toMatchInlineSnapshot(`
    "$ stet pull
    · No runtime has edits to take in.
    --- exit 0"
  `);
});
