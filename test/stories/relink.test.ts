import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";

test("a project that was moved is joined to its history again", async () => {
  await using story = await importedLampShop();
  await rename(story.project, join(story.folder, "moved"));
  await mkdir(story.project);
  expect(story.show(await story.stet("-C", "../moved", "relink"))).toMatchInlineSnapshot(`
    "$ stet -C ../moved relink
    ✓ Joined to its history again  op_1
    --- on standard error
    Next: stet status
    --- exit 0"
  `);
  expect(story.show(await story.stet("-C", "../moved", "relink", "--yes"))).toMatchInlineSnapshot(`
    "$ stet -C ../moved relink --yes
    This folder is joined to its history.
    --- exit 0"
  `);
  expect((await story.stet("-C", "../moved", "log")).stdout).toContain("added agent/reviewer");
});

test("where nothing was moved there is nothing to do", async () => {
  await using story = await importedLampShop();
  expect((await story.stet("relink")).stdout).toBe("This folder is joined to its history.\n");
});
