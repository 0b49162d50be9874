import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("show tells who, when, why, and the difference", async () => {
  await using story = await importedLampShop();
  await story.write(canonical.skill, (await story.read(canonical.skill)).replace("Be short.", "Be brief."));
  await story.build("save", "-m", "brief, not short", "--reason", "a reader asked");
  const id = (await story.build("log", "-n", "1")).stdout.slice(0, 11);
  expect(story.show(await story.stet("show", id))).toMatchInlineSnapshot(`
    "$ stet show op_1
    operation  op_1
    kind       save
    at         <time>
    actor      ana (claimed)
    version    patch
        brief, not short
        why a reader asked

    1 file:
      ~ changed  skills/copy/SKILL.md  e0178523 → 12f816d9

    --- a/skills/copy/SKILL.md
    +++ b/skills/copy/SKILL.md
    @@ -5,7 +5,7 @@
     
     # Copy
     
    -Be short.
    +Be brief.
     
     ## Never
    --- on standard error
    Next: stet revert op_1
    --- exit 0"
  `);
});

test("an id that fits nothing is an error", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("show", "op_zzzzzzzz"))).toMatchInlineSnapshot(`
    "$ stet show op_1
    --- on standard error
    ✗ That version is not known.  E-NOT-FOUND
      where  op_1
      why    Nothing in the store has an id that begins so.
      kept   Nothing was changed.
      fix    stet log  list operations with their ids
    --- exit 1"
  `);
});
