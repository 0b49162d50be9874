import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFolderLock } from "../../scripts/folder-lock.mjs";

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stet-lock-"));
  lock = join(folder, "lock");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("one at a time, and the file is gone afterwards", async () => {
  let inside = 0;
  let insideMost = 0;
  let waits = 0;
  const work = async () => {
    inside += 1;
    insideMost = Math.max(insideMost, inside);
    await sleep(50);
    inside -= 1;
    return "done";
  };
  const results = await Promise.all(
    Array.from({ length: 4 }, () => withFolderLock(lock, work, () => waits++)),
  );
  expect(results).toEqual(["done", "done", "done", "done"]);
  expect(insideMost).toBe(1);
  expect(waits).toBe(3);
  expect(existsSync(lock)).toBe(false);
});

test("the lock of a process that died is taken over by one of many", async () => {
  writeFileSync(lock, "a process that died");
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);
  let inside = 0;
  let insideMost = 0;
  const work = async () => {
    inside += 1;
    insideMost = Math.max(insideMost, inside);
    await sleep(20);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withFolderLock(lock, work, () => {})));
  expect(insideMost).toBe(1);
});

test("work that fails releases the lock", async () => {
  const failing = withFolderLock(
    lock,
    () => Promise.reject(new Error("no")),
    () => {},
  );
  await expect(failing).rejects.toThrow("no");
  expect(existsSync(lock)).toBe(false);
});
