import { closeSync, existsSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

test("a store that is whole is left alone", async () => {
  await using story = await importedLampShop();
  const told = await story.stet("repair", "--json");
  expect(told.exit).toBe(0);
  expect(dataOf(told)).toMatchObject({ repaired: false, lost: [], problems: [] });
});

/** Overwrites the page that holds a table's first rows: what a bad sector or a stray write leaves. */
function damagePageOf(file: string, table: string): void {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const size = Number(database.prepare("PRAGMA page_size").get()?.page_size);
  const root = Number(
    database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(table)?.rootpage,
  );
  database.close();
  const descriptor = openSync(file, "r+");
  writeSync(descriptor, new Uint8Array(size).fill(0xff), 0, size, (root - 1) * size);
  closeSync(descriptor);
}

test("a damaged page: what is intact stays readable, repair says what it saved and keeps the damaged store", async () => {
  await using story = await importedLampShop();
  const text = await story.read(canonical.skill);
  const log = await story.log();
  const file = join(story.storeFolder, "store.db");
  damagePageOf(file, "change_by_place");
  const found = await story.stet("verify", "--json");
  expect(found.exit).toBe(1);
  expect(dataOf(found)).toMatchObject({
    problems: expect.arrayContaining([expect.objectContaining({ code: "E-STORE-DAMAGED" })]),
  });
  expect(await story.stet("cat", "skill/copy")).toMatchObject({ exit: 0, stdout: text });
  const told = await story.stet("repair", "--yes", "--json");
  expect(told.exit).toBe(0);
  const { repaired, lost, damaged, problems } = dataOf(told);
  expect({ repaired, lost, problems }).toEqual({ repaired: true, lost: [], problems: [] });
  expect(existsSync(String(damaged))).toBe(true);
  expect(dataOf(await story.build("verify", "--json"))).toMatchObject({ problems: [] });
  expect(await story.stet("cat", "skill/copy")).toMatchObject({ exit: 0, stdout: text });
  expect(await story.log()).toBe(log);
});

test("a damaged page of objects: content that the project still holds is taken from there", async () => {
  await using story = await importedLampShop();
  const text = await story.read(canonical.skill);
  damagePageOf(join(story.storeFolder, "store.db"), "object");
  expect((await story.stet("verify")).exit).toBe(1);
  const told = await story.stet("repair", "--yes", "--json");
  const { repaired, tables } = dataOf(told);
  expect(repaired).toBe(true);
  expect(tables).toEqual(expect.arrayContaining([expect.objectContaining({ table: "object" })]));
  // Whatever became of the history, no file of the project was touched.
  expect(await story.read(canonical.skill)).toBe(text);
});
