import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { chmod, copyFile, mkdtemp, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { seededRandom, TestHistory } from "../../testing/conformance/test-history.ts";
import { writeOne } from "../../testing/conformance/with-subject.ts";
import type { Store } from "../store.ts";
import { isRecentSqlite } from "./open-database.ts";
import { type OpenStoreOptions, openStore } from "./open-store.ts";

let folder: string;
let file: string;
const opened: Store[] = [];
let openings = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stet-open-"));
  file = join(folder, "home", "store.db");
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(over: Partial<OpenStoreOptions> = {}): Promise<Store> {
  const clock = { now: () => 1_795_000_000_000_000 };
  const random = seededRandom(++openings);
  const store = await openStore({ file, clock, random, transport: "inline", ...over });
  opened.push(store);
  return store;
}

async function saveOne(store: Store, seed = 3): Promise<TestHistory> {
  const history = new TestHistory(seed);
  const commit = history.commit({ "a.md": `text ${seed}` }, []);
  expect(await writeOne(store, history.save(null, commit))).toMatchObject({ status: "done" });
  return history;
}

describe("opening", () => {
  test("folder and files are the owner's alone, and loosened modes are put right", async () => {
    await saveOne(await open());
    expect(statSync(join(folder, "home")).mode & 0o777).toBe(0o700);
    for (const suffix of ["", "-wal", "-shm"]) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
    await opened.pop()?.close();
    await chmod(file, 0o644);
    await open();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  for (const transport of ["inline", "worker"] as const) {
    for (const [name, damage] of [
      ["garbage", () => writeFile(file, "not a store ".repeat(100))],
      ["an empty file", () => truncate(file, 0)],
      ["a truncated header", () => truncate(file, 50)],
      ["another program's database", () => foreignDatabase()],
    ] as const) {
      test(`${name} is damage, and is left as it is (BUGS S12), ${transport}`, async () => {
        await saveOne(await open());
        await opened.pop()?.close();
        for (const suffix of ["-wal", "-shm"]) await rm(file + suffix, { force: true });
        await damage();
        const before = await readFile(file);
        await expect(open({ transport })).rejects.toMatchObject({ code: "E-STORE-DAMAGED", where: file });
        await expect(open({ transport, readOnly: true })).rejects.toMatchObject({ code: "E-STORE-DAMAGED" });
        expect(await readFile(file)).toEqual(before);
      });
    }
  }

  async function foreignDatabase(): Promise<void> {
    await rm(file);
    const handle = new DatabaseSync(file);
    handle.exec("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)");
    handle.close();
  }

  test("a log whose store is gone is damage: committed rows may lie in it (BUGS S12)", async () => {
    await saveOne(await open());
    await opened.pop()?.close();
    await rm(file);
    expect(existsSync(`${file}-wal`)).toBe(true);
    await expect(open()).rejects.toMatchObject({ code: "E-STORE-DAMAGED" });
    expect(existsSync(file)).toBe(false);
  });

  test("a store of a newer schema is neither read nor written", async () => {
    await saveOne(await open());
    await opened.pop()?.close();
    const handle = new DatabaseSync(file);
    handle.exec("PRAGMA user_version = 9000");
    handle.close();
    await expect(open()).rejects.toMatchObject({ code: "E-STORE-NEWER" });
    await expect(open({ readOnly: true })).rejects.toMatchObject({ code: "E-STORE-NEWER" });
  });

  test("several processes that create a store at once get the same one", async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => open({ transport: "worker" })));
    const histories = await Promise.all(stores.map((store, index) => saveOne(store, 100 + index)));
    for (const store of stores) {
      for (const history of histories) expect(await store.history.ref(history.main)).toBeDefined();
    }
  });

  test("a SQLite older than 3.51.3 is told from a newer one", () => {
    const versions = ["3.51.3", "3.51.10", "3.52.0", "4.0.0", "3.51.2", "3.50.9", "2.99.99", ""];
    expect(versions.map(isRecentSqlite)).toEqual([true, true, true, true, false, false, false, false]);
  });

  test("an absent store is not made by a reader", async () => {
    await expect(open({ readOnly: true })).rejects.toMatchObject({ code: "E-NOT-FOUND" });
    expect(existsSync(join(folder, "home"))).toBe(false);
  });

  test("a store that stays busy ends in E-STORE-BUSY, and the event loop stays free meanwhile (BUGS S13)", async () => {
    const store = await open({ busyMillisecondsMax: 60 });
    const blocker = new DatabaseSync(file);
    blocker.exec("BEGIN IMMEDIATE");
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5);
    const history = new TestHistory(9);
    await expect(store.write([history.batch({})])).rejects.toMatchObject({ code: "E-STORE-BUSY" });
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(0);
    blocker.exec("ROLLBACK");
    blocker.close();
    expect(await writeOne(store, history.batch({}))).toMatchObject({ status: "done" });
  });

  test("closing keeps the log, so that a reader in a folder that cannot be written sees every save", async () => {
    await saveOne(await open());
    await opened.pop()?.close();
    expect(existsSync(`${file}-wal`)).toBe(true);
    expect(existsSync(`${file}-shm`)).toBe(true);
    const reader = await open({ readOnly: true });
    expect(await reader.history.operations({ limit: 9 })).toHaveLength(1);
    await expect(reader.write([new TestHistory(4).batch({})])).rejects.toMatchObject({
      code: "E-PERMISSION",
    });
  });

  test("a store in a read-only folder is read, with rows that are in its log alone", async (context) => {
    await saveOne(await open());
    await opened.pop()?.close();
    const mounted = join(folder, "mounted");
    mkdirSync(mounted);
    try {
      execFileSync("mount", ["--bind", join(folder, "home"), mounted], { stdio: "ignore" });
      execFileSync("mount", ["-o", "remount,ro,bind", mounted], { stdio: "ignore" });
    } catch {
      context.skip("no permission to mount a folder read-only here");
    }
    try {
      const readOnly = { file: join(mounted, "store.db"), readOnly: true };
      for (const transport of ["inline", "worker"] as const) {
        const store = await open({ ...readOnly, transport });
        expect(await store.history.operations({ limit: 9 })).toHaveLength(1);
        expect((await store.history.verify()).problems).toEqual([]);
        await opened.pop()?.close();
      }
      const writer = await open();
      const reader = await open(readOnly);
      await saveOne(writer, 77);
      expect(await reader.history.operations({ limit: 9 })).toHaveLength(2);
      await opened.pop()?.close();
    } finally {
      execFileSync("umount", ["-l", mounted], { stdio: "ignore" });
    }
  });

  test("a copied store is read, and written only under an id of its own; a moved one keeps its id", async () => {
    const first = await open();
    await saveOne(first);
    const identity = await first.maintenance?.identity();
    await opened.pop()?.close();
    const copy = join(folder, "copy.db");
    for (const suffix of ["", "-wal"]) await copyFile(file + suffix, copy + suffix);
    await expect(open({ file: copy })).rejects.toMatchObject({ code: "E-STORE-COPIED" });
    const adopted = await open({ file: copy, adoptCopy: true });
    expect(await adopted.history.operations({ limit: 9 })).toHaveLength(1);
    expect(await adopted.maintenance?.identity()).not.toBe(identity);
    await opened.pop()?.close();
    await open({ file: copy });
    await opened.pop()?.close();
    const moved = join(folder, "moved.db");
    for (const suffix of ["", "-wal", "-shm"]) await rename(file + suffix, moved + suffix);
    expect(await (await open({ file: moved })).maintenance?.identity()).toBe(identity);
  });

  test("a store that was restored in place of a lost one takes a new id", async () => {
    const first = await open();
    const identity = await first.maintenance?.identity();
    const backup = join(folder, "backup.db");
    await first.maintenance?.backup(backup);
    await opened.pop()?.close();
    for (const suffix of ["", "-wal", "-shm"]) await rm(file + suffix, { force: true });
    await copyFile(backup, file);
    const restored = await open();
    expect(await restored.maintenance?.identity()).not.toBe(identity);
  });
});
