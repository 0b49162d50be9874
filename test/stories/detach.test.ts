import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";

test("detach shows its plan, and with --yes leaves every file of yours as it is", async () => {
  await using story = await importedLampShop();
  const before = (await story.disk()).split("\n");
  expect(story.show(await story.stet("detach"))).toMatchInlineSnapshot(`
    "$ stet detach
      - <project>/.agents/stet/collection.toml and stet's working folder
      = every other file stays as it is
      = the whole history stays in the store, as co_1
    Nothing was written.
    --- on standard error
    Next: stet detach --yes
    --- exit 4"
  `);
  expect((await story.disk()).split("\n")).toEqual(before);
  expect(story.show(await story.stet("detach", "--yes"))).toMatchInlineSnapshot(`
    "$ stet detach --yes
    ✓ Detached: your files are as they were, and their history stays in the store  op_1
    --- exit 0"
  `);
  expect((await story.disk()).split("\n")).toEqual(before.filter((line) => !line.includes("/stet/")));
  expect((await story.stet("status")).exit).toBe(1);
});
