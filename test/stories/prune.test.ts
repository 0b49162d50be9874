import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";

test("without a rule it says which there are; with one it spares what undo may need", async () => {
  await using story = await importedLampShop();
  await story.write(canonical.command, "Write a long brief for $1.\n");
  await story.build("save");
  expect(story.show(await story.stet("prune"))).toMatchInlineSnapshot(`
    "$ stet prune
    --- on standard error
    ✗ No rule says which versions stay, so none was removed.  E-USAGE
      where  retention
      why    Neither the command nor the collection's file has a rule.
      kept   Every version is still there.
      fix    stet prune --keep-last 100 --dry-run     see what one rule would do
             stet config set retention.keep-last 100  give the collection a rule
    --- exit 2"
  `);
  expect(story.show(await story.stet("prune", "--keep-last", "1", "--yes"))).toMatchInlineSnapshot(`
    "$ stet prune --keep-last 1 --yes
    Nothing to prune (keep last 1).
    --- exit 0"
  `);
  await story.build("undo");
});
