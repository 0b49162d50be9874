import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("revert takes one old change out and keeps the later ones", async () => {
  await using story = await importedLampShop();
  const before = await story.read(canonical.command);
  await story.write(canonical.command, "Write a long brief for $1.\n");
  await story.build("save", "--agent", "polisher");
  const operation = (await story.build("log", "-n", "1")).stdout.slice(0, 11);
  await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
  await story.build("save");
  expect(story.show(await story.stet("revert", operation))).toMatchInlineSnapshot(`
    "$ stet revert op_1
    ✓ Reverted polisher's op_1, <time>: command/shop/brief: edited (opening); removed field description → commands/shop/brief.md  op_2
    --- on standard error
    Next: stet undo  ·  stet status
    --- exit 0"
  `);
  expect(await story.read(canonical.command)).toBe(before);
  expect(await story.read(canonical.agent)).toContain("two times");
  expect(await story.log()).toMatchInlineSnapshot(`
    "op_2 ana revert: ~commands/shop/brief.md
    op_3 ana save: ~agents/reviewer.md
    op_1 polisher save: ~commands/shop/brief.md
    op_4 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
  `);
});

test("an operation that is not there is an error", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("revert", "op_zzzzzzzz"))).toMatchInlineSnapshot(`
    "$ stet revert op_1
    --- on standard error
    ✗ That version is not known.  E-NOT-FOUND
      where  op_1
      why    Nothing in the store has an id that begins so.
      kept   Nothing was changed.
      fix    stet log  list operations with their ids
    --- exit 1"
  `);
});
