import { expect, test } from "vitest";
import { Story } from "./story.ts";

const skill = (name: string) => `---\nname: ${name}\ndescription: Reads files\n---\nRead.\n`;

test("what only a runtime has comes into the collection, and what another tool keeps is left to it", async () => {
  await using story = await Story.begin({ ".agents/skills/pdf/SKILL.md": skill("pdf") });
  await story.build("init", "--yes");
  await story.write(".cursor/skills/docx/SKILL.md", skill("docx"));
  await story.write(".ruler/skills/xlsx/SKILL.md", skill("xlsx"));
  await story.write(".cursor/skills/xlsx/SKILL.md", skill("xlsx"));
  expect(story.show(await story.stet("import"))).toMatchInlineSnapshot(`
    "$ stet import
      + 1 skill copied from cursor into .agents, as version 1
      = skill/xlsx is kept by Ruler (it is written from .ruler/skills/xlsx): only observed; --adopt ruler takes over
    Nothing was written.
    --- on standard error
    Next: stet import --yes
    --- exit 4"
  `);
  expect(story.show(await story.stet("import", "cursor", "--yes"))).toMatchInlineSnapshot(`
    "$ stet import cursor --yes
    ✓ Imported 1 artifact  op_1
    --- on standard error
    Next: stet status  ·  stet undo
    --- exit 0"
  `);
  expect(await story.disk()).toContain(".agents/skills/docx/SKILL.md");
  expect(await story.disk()).not.toContain(".agents/skills/xlsx");
});
