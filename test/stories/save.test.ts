import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

describe("save", () => {
  test("keeps what changed on disk, with message and actor, in one operation", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.skill, (await story.read(canonical.skill)).replace("Be short.", "Be brief."));
    const told = await story.stet("save", "skill/copy", "-m", "brief, not short", "--agent", "polisher");
    expect(story.show(told)).toMatchInlineSnapshot(`
      "$ stet save skill/copy -m brief, not short --agent polisher
      ✓ Saved skills/copy/SKILL.md  op_1
      --- on standard error
      Next: stet status  ·  stet undo
      --- exit 0"
    `);
    expect(await story.log()).toMatchInlineSnapshot(`
      "op_1 polisher save: ~skills/copy/SKILL.md
      op_2 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
    `);
  });

  test("with nothing new it says so, and ends with 0 and no operation", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("save"))).toMatchInlineSnapshot(`
      "$ stet save
      · Nothing new to save.
      --- exit 0"
    `);
    expect(dataOf(await story.stet("save", "--json"))).toEqual({
      operation: null,
      changed: [],
      conflicts: [],
      skipped: [],
      decisions: [],
    });
  });

  test("a new file in a skill, its executable bit, and a removed one are changes", async () => {
    await using story = await importedLampShop();
    await story.write(".agents/skills/copy/scripts/count.sh", "#!/bin/sh\nwc -l\n");
    await story.remove(canonical.script);
    await story.build("save");
    expect(await story.log()).toMatchInlineSnapshot(`
      "op_1 ana save: +skills/copy/scripts/count.sh -skills/copy/scripts/measure.sh
      op_2 ana init: +@project/AGENTS.md +agents/reviewer.md +commands/shop/brief.md +skills/copy/SKILL.md +skills/copy/scripts/measure.sh +stet/collection.toml"
    `);
  });

  test("an artifact that is not there is an error, not silence", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("save", "skill/nothing"))).toMatchInlineSnapshot(`
      "$ stet save skill/nothing
      --- on standard error
      ✗ There is no such artifact.  E-NOT-FOUND
        where  skill/nothing
        why    The collection holds none of that name.
        kept   Nothing was changed.
        fix    stet list               see what there is
               stet log skill/nothing  see whether it was there before
      --- exit 1"
    `);
  });
});
