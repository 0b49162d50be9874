import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashIdToBytes } from "../../domain/ids.ts";
import {
  blobOf,
  seededRandom,
  type TestCommit,
  TestHistory,
} from "../../testing/conformance/test-history.ts";
import { writeOne } from "../../testing/conformance/with-subject.ts";
import type { Store } from "../store.ts";
import { openStore } from "./open-store.ts";

let folder: string;
let file: string;
let store: Store;
let history: TestHistory;
let commits: TestCommit[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stet-damage-"));
  file = join(folder, "store.db");
  history = new TestHistory(4);
  commits = [];
  await reopen();
  for (let version = 0; version < 6; version++) {
    const before = commits.at(-1) ?? null;
    const files = { "skills/pdf/SKILL.md": `version ${version}\n`.repeat(30), "fixed.md": "fixed" };
    const after = history.commit(files, before === null ? [] : [before.id], {
      message: `message ${version}`,
    });
    const batch = history.save(before, after, { message: `message ${version}`, reason: "because" });
    expect(await writeOne(store, batch)).toMatchObject({ status: "done" });
    commits.push(after);
  }
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function reopen(): Promise<void> {
  store = await openStore({
    file,
    clock: { now: () => 1_795_000_000_000_000 },
    random: seededRandom(8),
    transport: "inline",
  });
}

/** Changes rows behind the store's back. */
async function tamper(sql: string, ...cells: readonly SQLInputValue[]): Promise<void> {
  const handle = new DatabaseSync(file);
  const { changes } = handle.prepare(sql).run(...cells);
  handle.close();
  expect(Number(changes)).toBeGreaterThan(0);
}

describe("verify", () => {
  const tampering: readonly (readonly [string, string])[] = [
    ["an object's bytes", "UPDATE object SET data = x'00', codec = 0 WHERE n = 1"],
    ["an object's hash", "UPDATE object SET hash = zeroblob(32) WHERE n = 2"],
    ["an object's row", "DELETE FROM object WHERE n = 3"],
    ["an object's kind", "UPDATE object SET kind = 2 WHERE kind = 0"],
    [
      "a commit's words",
      "UPDATE commit_words SET data = x'01' WHERE object = (SELECT min(object) FROM commit_words)",
    ],
    ["an operation's row", "DELETE FROM operation WHERE sequence = 3"],
    ["the newest operation's row", "DELETE FROM operation WHERE sequence = 6"],
    ["an operation's time", "UPDATE operation SET at = at + 1 WHERE sequence = 2"],
    ["an operation's kind", "UPDATE operation SET kind = kind + 1 WHERE sequence = 2"],
    ["an operation's actor", "UPDATE actor SET value = replace(value, 'ana', 'eve')"],
    ["an operation's link", "UPDATE operation SET chain = zeroblob(32) WHERE sequence = 4"],
    ["an operation's words", "UPDATE operation SET words = NULL WHERE sequence = 4"],
    ["a change", "UPDATE change SET after_mode = 1 WHERE operation = 5"],
    ["a change's row", "DELETE FROM change WHERE operation = 5"],
    ["a path", "UPDATE place SET path = 'other.md' WHERE path = 'fixed.md'"],
    ["a ref", "UPDATE ref SET target = (SELECT target FROM ref) - 3"],
    ["a ref's row", "DELETE FROM ref"],
    ["a membership of the log", "DELETE FROM log WHERE sequence = 2"],
    ["a tombstone", "UPDATE object SET codec = 9, data = NULL WHERE n = 1"],
  ];
  for (const [what, sql] of tampering) {
    test(`finds that ${what} was tampered with (BUGS S11)`, async () => {
      expect((await store.history.verify()).problems).toEqual([]);
      await tamper(sql);
      await store.close();
      await reopen();
      const { problems } = await store.history.verify();
      expect(problems.length).toBeGreaterThan(0);
      for (const { code, what: said, where } of problems) {
        expect([code.startsWith("E-"), said.length > 5, where.length > 0]).toEqual([true, true, true]);
      }
    });
  }

  test("a log that was cut is sound in itself, and found out by a link noted earlier (BUGS S11)", async () => {
    const head = await store.history.chainHead(history.collection);
    if (head === null) throw new Error("no head");
    expect(await store.history.verifyAgainst(history.collection, head)).toBeNull();
    const third = commits[2]?.id ?? "";
    await tamper("DELETE FROM operation WHERE sequence > 3");
    await tamper("DELETE FROM log WHERE sequence > 3");
    await tamper("DELETE FROM change WHERE operation > 3");
    await tamper(
      "UPDATE ref SET target = (SELECT n FROM object WHERE lower(hex(hash)) = ?)",
      third.replace("sha256:", ""),
    );
    expect((await store.history.verify()).problems).toEqual([]);
    const problem = await store.history.verifyAgainst(history.collection, head);
    expect(problem).toMatchObject({ code: "E-STORE-DAMAGED" });
  });

  test("names the damaged object, and the others stay readable", async () => {
    const damaged = blobOf("fixed");
    await tamper("UPDATE object SET data = x'6869', codec = 0 WHERE hash = ?", hashIdToBytes(damaged.id));
    await expect(store.history.getMany([damaged.id])).rejects.toMatchObject({
      code: "E-STORE-DAMAGED",
      where: `blob ${damaged.id}`,
    });
    const other = commits[2]?.blobs.find(({ id }) => id !== damaged.id);
    if (other === undefined) throw new Error("no other blob");
    expect(await store.history.getMany([other.id])).toEqual([other.bytes]);
    expect((await store.history.verify()).problems).toEqual([
      { code: "E-STORE-DAMAGED", what: expect.any(String), where: `blob ${damaged.id}` },
    ]);
  });

  test("a page that does not hold what it should is reported while the rest is checked", async () => {
    const large = blobOf(Buffer.from(seededRandom(5)(40_000)).toString("hex"));
    await writeOne(store, history.batch({ objects: [large] }));
    await store.close();
    const handle = new DatabaseSync(file);
    handle.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    const row = handle.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'object'").get();
    handle.close();
    overwritePage(file, leafOf(file, Number(row?.rootpage)));
    await reopen();
    const report = await store.history.verify();
    expect(report.problems.length).toBeGreaterThan(0);
    expect(report.operations).toBe(7);
  });
});

const pageBytes = 4096;

/** The first leaf below a table's root page (https://www.sqlite.org/fileformat2.html, section 1.6). */
function leafOf(path: string, root: number): number {
  const page = Buffer.alloc(pageBytes);
  const descriptor = openSync(path, "r");
  readSync(descriptor, page, 0, pageBytes, (root - 1) * pageBytes);
  closeSync(descriptor);
  if (page[0] !== 5) return root;
  return page.readUInt32BE(page.readUInt16BE(12));
}

function overwritePage(path: string, number: number): void {
  expect(statSync(path).size).toBeGreaterThan(number * pageBytes);
  const descriptor = openSync(path, "r+");
  writeSync(descriptor, Buffer.alloc(pageBytes, 0xaa), 0, pageBytes, (number - 1) * pageBytes);
  closeSync(descriptor);
}
