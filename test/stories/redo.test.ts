import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("redo brings back what undo took away", async () => {
  await using story = await importedLampShop();
  await story.write(canonical.command, "Write a long brief for $1.\n");
  await story.build("save");
  await story.build("undo");
  expect(story.show(await story.stet("redo"))).toMatchInlineSnapshot(`
    "$ stet redo
    ✓ Redid ana's op_1, <time>: command/shop/brief: edited (opening); added field description → commands/shop/brief.md  op_2
    --- on standard error
    Next: stet undo  ·  stet status
    --- exit 0"
  `);
  expect(await story.read(canonical.command)).toBe("Write a long brief for $1.\n");
  expect(await story.log()).toMatchInlineSnapshot(`
    "op_2 ana redo: ~commands/shop/brief.md
    op_1 ana undo: ~commands/shop/brief.md
    op_3 ana save: ~commands/shop/brief.md
    op_4 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
  `);
});

test("with nothing to redo it says so", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("redo"))).toMatchInlineSnapshot(`
    "$ stet redo
    --- on standard error
    ✗ There is nothing left to redo by you.  E-NOTHING-TO-UNDO
      where  the log of this collection
      why    Nothing was undone since the last edit.
      kept   Nothing was changed.
      fix    stet log         see all operations
             stet redo --any  take the newest of anybody
    --- exit 1"
  `);
});
