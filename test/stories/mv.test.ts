import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

test("mv renames an artifact with all its files, and undo gives the old name back", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("mv", "skill/copy", "skill/page-text"))).toMatchInlineSnapshot(`
    "$ stet mv skill/copy skill/page-text
    ✓ Moved to skills/page-text/SKILL.md and skills/page-text/scripts/measure.sh  op_1
    --- on standard error
    Next: stet sync  ·  stet undo
    --- exit 0"
  `);
  expect(await story.disk(".agents/skills")).toMatchInlineSnapshot(`
    ".agents/skills/page-text/SKILL.md
    .agents/skills/page-text/scripts/measure.sh *"
  `);
  await story.build("undo");
  expect(await story.disk(".agents/skills")).toMatchInlineSnapshot(`
    ".agents/skills/copy/SKILL.md
    .agents/skills/copy/scripts/measure.sh *"
  `);
});

test("a name that is taken is refused", async () => {
  await using story = await importedLampShop();
  await story.build("new", "skill/returns");
  expect(story.show(await story.stet("mv", "skill/returns", "skill/copy"))).toMatchInlineSnapshot(`
    "$ stet mv skill/returns skill/copy
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

test("its history goes with it", async () => {
  await using story = await importedLampShop();
  await story.build("mv", "skill/copy", "skill/page-text");
  const { operations } = dataOf(await story.stet("log", "skill/page-text", "--json"));
  expect(operations).toHaveLength(2);
});
