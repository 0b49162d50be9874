import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  blobOf,
  seededRandom,
  type TestCommit,
  TestHistory,
} from "../../testing/conformance/test-history.ts";
import { writeOne } from "../../testing/conformance/with-subject.ts";
import type { Store } from "../store.ts";
import { openStore } from "./open-store.ts";
import { repairStore } from "./repair-store.ts";

const pageBytes = 4096;
let folder: string;
let file: string;
let history: TestHistory;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stet-repair-"));
  file = join(folder, "store.db");
  history = new TestHistory(4);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function open(path = file): Promise<Store> {
  const clock = { now: () => 1_795_000_000_000_000 };
  return await openStore({
    file: path,
    clock,
    random: seededRandom(9),
    transport: "inline",
    adoptCopy: true,
  });
}

/** Saves enough that the object table has many pages, and moves all of it into the file. */
async function fill(): Promise<readonly TestCommit[]> {
  const store = await open();
  const commits: TestCommit[] = [];
  for (let version = 0; version < 40; version++) {
    const before = commits.at(-1) ?? null;
    const noise = Buffer.from(seededRandom(version)(900)).toString("base64");
    const after = history.commit({ "a.md": noise }, before === null ? [] : [before.id]);
    expect(await writeOne(store, history.save(before, after))).toMatchObject({ status: "done" });
    commits.push(after);
  }
  await store.close();
  const handle = new DatabaseSync(file);
  handle.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  handle.close();
  return commits;
}

/** Overwrites one leaf page in the middle of the object table. */
function damageObjects(): void {
  const handle = new DatabaseSync(file, { readOnly: true });
  const root = Number(
    handle.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'object'").get()?.rootpage,
  );
  handle.close();
  const descriptor = openSync(file, "r+");
  const page = Buffer.alloc(pageBytes);
  readSync(descriptor, page, 0, pageBytes, (root - 1) * pageBytes);
  expect(page[0]).toBe(5);
  const cells = page.readUInt16BE(3);
  const leaf = page.readUInt32BE(page.readUInt16BE(12 + 2 * Math.floor(cells / 2)));
  expect(statSync(file).size).toBeGreaterThan(leaf * pageBytes);
  writeSync(descriptor, Buffer.alloc(pageBytes, 0xaa), 0, pageBytes, (leaf - 1) * pageBytes);
  closeSync(descriptor);
}

test("what is intact is saved, the log is whole, and what is lost is named", async () => {
  const commits = await fill();
  damageObjects();
  const report = await repairStore({ file, random: seededRandom(3), sources: [] });
  expect(statSync(report.damaged).size).toBeGreaterThan(0);
  const objects = report.tables.find(({ table }) => table === "object");
  expect(objects?.unreadable).toBeGreaterThan(0);
  expect(objects?.saved).toBeGreaterThan(80);
  expect(report.verified.problems.length).toBeGreaterThan(0);
  const store = await open();
  expect(await store.history.operations({ limit: 5 })).toHaveLength(5);
  const ids = commits.flatMap((one) => one.objects.map(({ id }) => id));
  const found = (await store.history.getMany(ids)).filter((bytes) => bytes !== undefined);
  expect(found.length).toBe(objects?.saved);
  await store.close();
});

test("what a backup still has is filled in again, and the store verifies clean", async () => {
  await fill();
  const backup = join(folder, "backup.db");
  await copyFile(file, backup);
  const handle = new DatabaseSync(file);
  handle.exec("UPDATE object SET data = x'00' WHERE n % 7 = 0");
  handle.close();
  const source = await open(backup);
  const report = await repairStore({ file, random: seededRandom(3), sources: [source.history] });
  expect(report.refilled.length).toBeGreaterThan(10);
  expect(report.lost).toEqual([]);
  expect(report.verified.problems).toEqual([]);
  await source.close();
  const store = await open();
  expect((await store.history.verify()).problems).toEqual([]);
  expect(await writeOne(store, history.batch({ objects: [blobOf("after the repair")] }))).toMatchObject({
    status: "done",
  });
  await store.close();
});
