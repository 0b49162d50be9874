import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf, Story } from "./story.ts";

test("a store that is as it should be: counts, no problem, exit 0", async () => {
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

test("verify of a store that is not there yet creates none", async () => {
  await using story = await Story.begin({});
  await story.stet("verify");
  expect(await readdir(story.folder)).not.toContain("store");
});
