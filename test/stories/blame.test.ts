import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("blame names the writer of each line; what nobody claimed is unknown, never the person", async () => {
  await using story = await importedLampShop();
  await story.write(canonical.skill, (await story.read(canonical.skill)).replace("Be short.", "Be brief."));
  await story.build("save", "skill/copy", "--agent", "polisher", "--model", "opus-5");
  await story.write(canonical.skill, `${await story.read(canonical.skill)}\nRead it aloud.\n`);
  await story.build("status");
  expect(story.show(await story.stet("blame", "skill/copy"))).toMatchInlineSnapshot(`
    "$ stet blame skill/copy
    op_1  <time>  unknown               1  ---
    op_1  <time>  unknown               2  name: copy
    op_1  <time>  unknown               3  description: Write the text of a page.
    op_1  <time>  unknown               4  ---
    op_1  <time>  unknown               5
    op_1  <time>  unknown               6  # Copy
    op_1  <time>  unknown               7
    op_2  <time>  polisher (opus-5)     8  Be brief.
    op_1  <time>  unknown               9
    op_1  <time>  unknown              10  ## Never
    op_1  <time>  unknown              11
    op_1  <time>  unknown              12  Never say perfect.
    op_3  <time>  unknown              13
    op_3  <time>  unknown              14  Read it aloud.
    agent 7 %, unknown 93 %
    --- on standard error
    Next: stet show op_1
    --- exit 0"
  `);
});

test("one of the files of a skill", async () => {
  await using story = await importedLampShop();
  expect((await story.stet("blame", "skill/copy", "scripts/measure.sh")).stdout).toContain('wc -w < "$1"');
  expect((await story.stet("blame", "skill/copy", "scripts/none.sh")).exit).toBe(1);
});
