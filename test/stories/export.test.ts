import { expect, test } from "vitest";
import { importedLampShop, lampShop } from "./lamp-shop.ts";

test("export writes plain files, and never into a folder that holds something", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("export", "out"))).toMatchInlineSnapshot(`
    "$ stet export out
    ✓ Wrote 5 files into out
    --- exit 0"
  `);
  expect(await story.disk("out")).toMatchInlineSnapshot(`
    "out/.agents/agents/reviewer.md
    out/.agents/commands/shop/brief.md
    out/.agents/skills/copy/SKILL.md
    out/.agents/skills/copy/scripts/measure.sh *
    out/AGENTS.md"
  `);
  const before = await story.disk();
  expect((await story.stet("export", "out")).exit).toBe(1);
  expect(await story.disk()).toBe(before);
});

test("one artifact's own files", async () => {
  await using story = await importedLampShop();
  await story.build("export", "one", "skill/copy");
  expect(await story.disk("one")).toMatchInlineSnapshot(`
    "one/SKILL.md
    one/scripts/measure.sh *"
  `);
  expect(await story.read("one/SKILL.md")).toBe(lampShop[".claude/skills/copy/SKILL.md"]);
});
