import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";

test("rm without a terminal asks for --yes and removes nothing", async () => {
  await using story = await importedLampShop();
  const before = await story.disk();
  expect(story.show(await story.stet("rm", "skill/copy"))).toMatchInlineSnapshot(`
    "$ stet rm skill/copy
    --- on standard error
    ✗ The removal was not confirmed.  E-CONFIRM
      where  skill/copy
      why    There is no terminal to ask on.
      kept   Nothing was changed.
      fix    stet rm skill/copy --yes  remove it; undo brings it back
    --- exit 4"
  `);
  expect(await story.disk()).toBe(before);
});

test("what is removed stays in history, and undo brings it back", async () => {
  await using story = await importedLampShop();
  const before = await story.disk();
  expect(story.show(await story.stet("rm", "skill/copy", "--yes"))).toMatchInlineSnapshot(`
    "$ stet rm skill/copy --yes
    ✓ Removed skills/copy/SKILL.md and skills/copy/scripts/measure.sh  op_1
    --- on standard error
    Next: stet undo
    --- exit 0"
  `);
  expect(await story.disk(".agents")).not.toContain("skills/copy");
  expect(await story.log()).toMatchInlineSnapshot(`
    "op_1 ana remove: -skills/copy/SKILL.md -skills/copy/scripts/measure.sh
    op_2 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
  `);
  await story.build("undo");
  expect(await story.disk()).toBe(before);
});

test("--cascade takes the runtimes' copies along, but none that was edited", async () => {
  await using story = await importedLampShop();
  const copy = ".claude/agents/reviewer.md";
  await story.write(copy, `${await story.read(copy)}\nMine.\n`);
  expect(story.show(await story.stet("rm", "agent/reviewer", "--cascade", "--yes"))).toMatchInlineSnapshot(`
    "$ stet rm agent/reviewer --cascade --yes
    ✓ Removed agents/reviewer.md and codex:project:.codex/agents/reviewer.toml  op_1
      – left alone  agent/reviewer claude:project  removed in the store, edited at the target: .claude/agents/reviewer.md
    --- on standard error
    Next: stet undo
    --- exit 4"
  `);
  expect(await story.read(copy)).toContain("Mine.");
});
