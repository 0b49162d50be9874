import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

test("a backup holds the whole history, and nothing is replaced by one", async () => {
  await using story = await importedLampShop();
  const log = await story.log();
  expect((await story.stet("backup", "copy.db")).stdout).toMatch(
    /^✓ Copied the store into copy\.db \(.* [KM]B\)\n$/,
  );
  expect((await story.stet("backup", "copy.db")).exit).toBe(1);
  await rm(story.storeFolder, { recursive: true });
  await mkdir(story.storeFolder, { mode: 0o700 });
  await copyFile(join(story.project, "copy.db"), join(story.storeFolder, "store.db"));
  expect(await story.log()).toBe(log);
});

test("without a file it goes beside the store", async () => {
  await using story = await importedLampShop();
  const { file } = dataOf(await story.stet("backup", "--json"));
  expect(String(file).startsWith(join(story.storeFolder, "backups"))).toBe(true);
});
