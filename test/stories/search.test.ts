import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("search finds text as it stands, and with --past as it once stood", async () => {
  await using story = await importedLampShop();
  await story.write(canonical.skill, (await story.read(canonical.skill)).replace("Be short.", "Be brief."));
  await story.build("save", "skill/copy");
  expect(story.show(await story.stet("search", "BE "))).toMatchInlineSnapshot(`
    "$ stet search BE 
    agent/reviewer  agents/reviewer.md:6    now  Look for a step that can be sent twice.
    skill/copy      skills/copy/SKILL.md:8  now  Be brief.
    --- exit 0"
  `);
  expect(story.show(await story.stet("search", "be short"))).toMatchInlineSnapshot(`
    "$ stet search be short
    Nothing found.
    --- on standard error
    Next: stet search --past 'be short'
    --- exit 0"
  `);
  expect(story.show(await story.stet("search", "--past", "be short"))).toMatchInlineSnapshot(`
    "$ stet search --past be short
    skill/copy  skills/copy/SKILL.md:8  op_1 <time>  Be short.
    --- exit 0"
  `);
});

test("a text that looks like an option is searched for behind --", async () => {
  await using story = await importedLampShop();
  await story.write(canonical.command, "Run it with --fast.\n");
  expect((await story.stet("search", "--", "--fast")).stdout).toContain("Run it with --fast.");
  expect((await story.stet("search", "")).exit).toBe(2);
});
