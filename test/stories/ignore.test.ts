import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";

test("ignore lets a field differ, with its reason", async () => {
  await using story = await importedLampShop();
  expect(
    story.show(await story.stet("ignore", "claude", "model", "--reason", "each pays for another")),
  ).toMatchInlineSnapshot(`
    "$ stet ignore claude model --reason each pays for another
    ✓ model may differ there  op_1
    --- on standard error
    Next: stet status  ·  stet undo
    --- exit 0"
  `);
  expect(await story.read(".agents/stet/collection.toml")).toContain("each pays for another");
  expect(story.show(await story.stet("ignore", "claude", "model"))).toMatchInlineSnapshot(`
    "$ stet ignore claude model
    --- on standard error
    ✗ A difference is ignored only with a reason.  E-USAGE
      where  claude model
      why    Whoever reads the collection later has to know why it may differ.
      kept   Nothing was changed.
      fix    stet ignore claude model --reason "..."  say why
    --- exit 2"
  `);
});
