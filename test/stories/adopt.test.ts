import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";

test("adopt takes in what only a runtime has", async () => {
  await using story = await importedLampShop();
  await story.write(".claude/commands/sum.md", "Add it up.\n");
  expect(story.show(await story.stet("adopt", "command/sum", "--target", "claude"))).toMatchInlineSnapshot(`
    "$ stet adopt command/sum --target claude
    ✓ Adopted commands/sum.md (new)  op_1
    --- on standard error
    Next: stet undo
    --- exit 0"
  `);
  expect(await story.read(".agents/commands/sum.md")).toBe("Add it up.\n");
});
