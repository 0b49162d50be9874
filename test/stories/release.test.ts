import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";

test("release leaves the file there", async () => {
  await using story = await importedLampShop();
  expect(
    story.show(await story.stet("release", "agent/reviewer", "--target", "claude")),
  ).toMatchInlineSnapshot(`
    "$ stet release agent/reviewer --target claude
    ✓ agent/reviewer is yours there; nothing was removed  op_1
    --- on standard error
    Next: stet adopt agent/reviewer  ·  stet undo
    --- exit 0"
  `);
  expect(await story.read(".claude/agents/reviewer.md")).toContain("twice");
});
