import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf, Story } from "./story.ts";

// A copy of a runtime that init found equal in meaning is in the index while its bytes are not in the store.
test.fails("a store that is as it should be: counts, no problem, exit 0", async () => {
  await using story = await importedLampShop();
  const told = await story.stet("verify", "--json");
  expect(told.exit).toBe(0);
  expect(dataOf(told)).toMatchObject({
    objects: expect.any(Number),
    commits: expect.any(Number),
    operations: expect.any(Number),
    problems: [],
  });
  expect((await story.stet("verify")).stdout).toMatch(/^✓ All is as it should be: \d+ objects/);
});

// Opening the store for reading makes its folder.
test.fails("verify of a store that is not there yet creates none", async () => {
  await using story = await Story.begin({});
  await story.stet("verify");
  expect(await readdir(story.folder)).not.toContain("store");
});
