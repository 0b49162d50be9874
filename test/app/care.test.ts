import { existsSync, openSync, readdirSync, readFileSync, realpathSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backup } from "../../src/app/backup.ts";
import { cat } from "../../src/app/cat.ts";
import { collectGarbage } from "../../src/app/collect-garbage.ts";
import { setSetting } from "../../src/app/config.ts";
import { forget } from "../../src/app/forget.ts";
import { type DatedVersion, keptVersions, microsPerDay } from "../../src/app/history/retention.ts";
import { initialise } from "../../src/app/init.ts";
import { log } from "../../src/app/log.ts";
import { pin } from "../../src/app/pin.ts";
import { prune } from "../../src/app/prune.ts";
import { repair } from "../../src/app/repair.ts";
import { save } from "../../src/app/save.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { verify } from "../../src/app/verify.ts";
import { openUserStore } from "../../src/app/workbench/workbench.ts";
import { claimedActor } from "../../src/domain/actors.ts";
import { type CommitId, hashIdFromBytes, parseRandomId, randomId } from "../../src/domain/ids.ts";
import type { WriteBatch } from "../../src/store/history-store.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const path = ".agents/rules/tone.md";
const secret = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

function collectionIn(project: TestProject): string {
  return /id = "(co_\w+)"/.exec(project.read(".agents/stet/collection.toml"))?.[1] ?? "";
}

/** Puts whatever was done so far behind the undo horizon: 1,000 operations and more than 90 days ago. */
async function putBehindHorizon(project: TestProject): Promise<void> {
  project.now += 100 * microsPerDay;
  const collection = parseRandomId("collection", collectionIn(project));
  if (collection === undefined) throw new Error("the collection has an id");
  const batches = Array.from({ length: 1_001 }, (): WriteBatch => {
    const id = randomId("operation", project.environment.random(20));
    const words = { reason: null, message: null, undoes: null, group: null, details: {} };
    const operation = {
      id,
      collections: [collection],
      kind: "settings" as const,
      refs: [],
      changes: [],
      ...words,
    };
    const none = { objects: [], openConflicts: [], settleConflicts: [], pins: [], unpins: [] };
    return { ...none, operation: { ...operation, actor: claimedActor("bo", "person") } };
  });
  const store = await openUserStore(project.environment);
  try {
    await store.write(batches, { whole: true });
  } finally {
    await store.close();
  }
}

async function textAt(project: TestProject, operation: string): Promise<string> {
  const { data } = await cat(project.environment, { what: `rule/tone@${operation}` });
  return new TextDecoder().decode(data.bytes);
}

/** Versions `one` to `five`, each by an operation, and then a long time. */
async function oldVersions(): Promise<{
  readonly project: TestProject;
  readonly operations: readonly string[];
}> {
  const project = await TestProject.imported({ [path]: "zero\n" });
  const operations: string[] = [];
  for (const text of ["one", "two", "three", "four", "five"])
    operations.push(await project.saved(path, `${text}\n`));
  await putBehindHorizon(project);
  return { project, operations };
}

describe("prune", () => {
  test("removes what no rule keeps, with a tombstone; the first version, pins and the newest stay", async () => {
    const { project, operations } = await oldVersions();
    using _project = project;
    const [one = "", two = "", , four = "", five = ""] = operations;
    await pin(project.environment, { name: "kept", at: two });
    const dry = await prune(project.environment, { keepLast: 2, dryRun: true });
    expect(dry.data).toMatchObject({ operation: null, dryRun: true, policy: "keep last 2" });
    expect(dry.data.objects).toBeGreaterThan(0);
    expect(await textAt(project, one)).toBe("one\n");
    const { data } = await prune(project.environment, { keepLast: 2, yes: true });
    expect(data).toMatchObject({ objects: dry.data.objects, bytes: dry.data.bytes });
    expect(await textAt(project, two)).toBe("two\n");
    expect([await textAt(project, four), await textAt(project, five)]).toEqual(["four\n", "five\n"]);
    expect(await refusalOf(textAt(project, one))).toMatchObject({
      code: "E-PRUNED",
    });
    const first = (await log(project.environment, { limit: 2_000 })).data.operations.at(-1);
    expect(await textAt(project, first?.id ?? "")).toBe("zero\n");
    expect((await verify(project.environment)).data.problems).toEqual([]);
  });

  test("what undo may need is never pruned, however strict the rule", async () => {
    using project = await TestProject.imported({ [path]: "zero\n" });
    const one = await project.saved(path, "one\n");
    await project.saved(path, "two\n");
    const { data } = await prune(project.environment, { keepLast: 1, yes: true });
    expect(data).toMatchObject({ operation: null, objects: 0 });
    expect(await textAt(project, one)).toBe("one\n");
    project.now += 1_000 * microsPerDay;
    expect((await prune(project.environment, { keepLast: 1, yes: true })).data.objects).toBe(0);
    await undo(project.environment);
    expect(project.read(path)).toBe("one\n");
  });

  test("another collection in the same store keeps everything", async () => {
    using project = await TestProject.imported({ [path]: "zero\n" });
    const ours = await project.saved(path, "one\n");
    await project.saved(path, "two\n");
    using other = new TestProject({ [path]: "theirs zero\n" });
    const there = other.with({ storeFolder: project.environment.storeFolder });
    await initialise(there, { yes: true });
    other.write(path, "theirs one\n");
    const { data: saved } = await save(there);
    other.write(path, "theirs two\n");
    await save(there);
    await putBehindHorizon(project);
    await prune(project.environment, { keepLast: 1, yes: true });
    const { data } = await cat(there, { what: `rule/tone@${saved.operation}` });
    expect(new TextDecoder().decode(data.bytes)).toBe("theirs one\n");
    expect(await refusalOf(textAt(project, ours))).toMatchObject({ code: "E-PRUNED" });
    expect((await verify(project.environment)).data.problems).toEqual([]);
  });

  test("asks first, and without a rule removes nothing", async () => {
    const { project, operations } = await oldVersions();
    using _project = project;
    expect(await refusalOf(prune(project.environment))).toMatchObject({ code: "E-USAGE" });
    expect(await refusalOf(prune(project.environment, { keepLast: 1 }))).toMatchObject({ code: "E-CONFIRM" });
    expect(await textAt(project, operations[0] ?? "")).toBe("one\n");
  });

  test("saves prune by themselves only where the collection says so, once a day, as stet", async () => {
    const { project, operations } = await oldVersions();
    using _project = project;
    await setSetting(project.environment, { key: "retention.keep-last", value: "1" });
    await project.saved(path, "six\n");
    expect(await textAt(project, operations[0] ?? "")).toBe("one\n");
    await setSetting(project.environment, { key: "retention.automatic", value: "true" });
    await project.saved(path, "seven\n");
    const pruned = (await log(project.environment, { limit: 20 })).data.operations.filter(
      (one) => one.kind === "prune",
    );
    expect(pruned).toMatchObject([{ actor: { kind: "stet" }, reason: "the collection's policy" }]);
    expect(await refusalOf(textAt(project, operations[0] ?? ""))).toBeInstanceOf(Error);
  });
});

test("a policy keeps the newest of each hour and day, never less than the first version, and every rule adds", () => {
  const commitOf = (index: number) => hashIdFromBytes<CommitId>(new Uint8Array(32).fill(index));
  const ages = fc.uniqueArray(fc.integer({ min: 0, max: 40 * 24 * 4 }), { minLength: 1, maxLength: 100 });
  const days = fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined });
  const now = 2_000 * microsPerDay;
  fc.assert(
    fc.property(ages, days, days, fc.integer({ min: 1, max: 10 }), (quarters, hourly, daily, last) => {
      const versions = quarters
        .toSorted((one, other) => one - other)
        .map(
          (age, index): DatedVersion => ({ commit: commitOf(index), at: now - (age * microsPerDay) / 96 }),
        );
      const rules = {
        keepLast: last,
        ...(hourly === undefined ? {} : { hourlyWithinDays: hourly }),
        ...(daily === undefined ? {} : { dailyWithinDays: daily }),
      };
      const kept = keptVersions(versions, rules, now);
      for (const [index, { commit, at }] of versions.entries()) {
        const isNewestOf = (size: number) =>
          versions.findIndex((one) => Math.floor(one.at / size) === Math.floor(at / size)) === index;
        const wanted =
          index < last ||
          index === versions.length - 1 ||
          (hourly !== undefined && at >= now - hourly * microsPerDay && isNewestOf(microsPerDay / 24)) ||
          (daily !== undefined && at >= now - daily * microsPerDay && isNewestOf(microsPerDay));
        expect(kept.has(commit)).toBe(wanted);
      }
    }),
    { numRuns: 1_000 },
  );
});

describe("backup", () => {
  test("a copy holds what the store held, and never replaces a file", async () => {
    using project = await TestProject.imported({ [path]: "zero\n" });
    const file = join(project.folder, "copy.db");
    const { data } = await backup(project.environment, { to: "../copy.db" });
    expect(data).toEqual({ file, bytes: statSync(file).size });
    const copy = new DatabaseSync(file, { readOnly: true });
    expect(copy.prepare("SELECT count(*) AS count FROM operation").get()?.count).toBe(1);
    copy.close();
    const again = backup(project.environment, { to: "../copy.db" });
    expect(await refusalOf(again)).toMatchObject({ code: "E-EXISTS" });
  });

  test("is made once a day of use by itself, and the newest three stay", async () => {
    using project = await TestProject.imported({ [path]: "zero\n" });
    const folder = join(project.environment.storeFolder, "backups");
    await project.saved(path, "young\n");
    expect(existsSync(folder)).toBe(false);
    for (let day = 1; day <= 5; day++) {
      project.now += microsPerDay + 1;
      await project.saved(path, `day ${day}\n`);
      await project.saved(path, `day ${day}, later\n`);
    }
    const names = readdirSync(folder).sort();
    expect(names.map((name) => name.slice(0, 16))).toEqual([
      "daily-2020-01-04",
      "daily-2020-01-05",
      "daily-2020-01-06",
    ]);
  });
});

test("gc takes less space, and every version reads as before", async () => {
  using project = await TestProject.imported({ [path]: "zero\n" });
  const long = (version: number) =>
    Array.from({ length: 200 }, (_, line) => `${line} ${version % (line + 2)}\n`).join("");
  const operations: string[] = [];
  for (let version = 0; version < 60; version++) operations.push(await project.saved(path, long(version)));
  const { data } = await collectGarbage(project.environment);
  expect(data.bytesAfter).toBeLessThan(data.bytesBefore);
  expect(await textAt(project, operations[3] ?? "")).toBe(long(3));
  expect((await verify(project.environment)).data.problems).toEqual([]);
});

describe("forget", () => {
  /** A secret that was saved, in the file and in the message, and taken out again. */
  async function leaked() {
    const project = await TestProject.imported({ [path]: "zero\n", ".claude/settings.json": "{}" });
    project.write(path, `token: ${secret}\n`);
    const { data } = await save(project.environment, { message: `adds ${secret}` });
    const { next } = await cat(project.environment, { what: "rule/tone" });
    const fingerprint = /stet allow ([0-9a-f]{64})/.exec(next[0] ?? "")?.[1] ?? "";
    return { project, fingerprint, operation: data.operation ?? "" };
  }

  function storeHolds(project: TestProject, text: string): boolean {
    return readdirSync(project.environment.storeFolder)
      .filter((name) => name.startsWith("store.db"))
      .some((name) => readFileSync(join(project.environment.storeFolder, name)).includes(text));
  }

  test("a secret goes from every version and every message, for good, and verify stays clean", async () => {
    const { project, fingerprint, operation } = await leaked();
    using _project = project;
    await project.saved(path, "taken out\n");
    expect(storeHolds(project, secret)).toBe(true);
    const { data, notices } = await forget(project.environment, { what: fingerprint, typed: fingerprint });
    expect(data.objects).toBe(1);
    expect(storeHolds(project, secret)).toBe(false);
    expect(notices.map((one) => one.code)).toContain("W-FORGET");
    expect(data.unreachable.map((one) => one.what)).toContain("git");
    expect(data.unreachable.some((one) => one.what.includes("before-forget"))).toBe(true);
    expect(await refusalOf(textAt(project, operation))).toMatchObject({ code: "E-PRUNED" });
    expect((await verify(project.environment)).data.problems).toEqual([]);
    await project.saved(path, "life goes on\n");
  });

  test("nothing goes before it is typed once more: --yes does not stand for it", async () => {
    const { project, fingerprint } = await leaked();
    using _project = project;
    await project.saved(path, "taken out\n");
    for (const typed of [undefined, "yes", fingerprint.slice(0, 8)]) {
      const asked = forget(project.environment, {
        what: fingerprint,
        yes: true,
        confirm: async () => true,
        ...(typed === undefined ? {} : { typed }),
      });
      expect(await refusalOf(asked)).toMatchObject({ code: "E-CONFIRM" });
    }
    expect(storeHolds(project, secret)).toBe(true);
  });

  test("what stands in the present version is taken out first", async () => {
    const { project, fingerprint } = await leaked();
    using _project = project;
    const asked = forget(project.environment, { what: fingerprint, typed: fingerprint });
    expect(await refusalOf(asked)).toMatchObject({ code: "E-CONFLICT", where: "rules/tone.md on main" });
    expect(storeHolds(project, secret)).toBe(true);
  });

  test("one file as it was, and the words of one operation, can go as well", async () => {
    const { project, operation } = await leaked();
    using _project = project;
    await project.saved(path, "taken out\n");
    const what = `rule/tone@${operation}`;
    expect((await forget(project.environment, { what, typed: what })).data.objects).toBe(1);
    await forget(project.environment, { what: operation, typed: operation });
    expect(storeHolds(project, secret)).toBe(false);
    const none = forget(project.environment, { what: "rule/none@2020-01-01", typed: "rule/none@2020-01-01" });
    expect(await refusalOf(none)).toMatchObject({ code: "E-NOT-FOUND" });
  });
});

describe("repair", () => {
  test("does nothing to a store that is whole", async () => {
    using project = await TestProject.imported({ [path]: "zero\n" });
    const { data } = await repair(project.environment, { yes: true });
    expect(data).toMatchObject({ repaired: false, damaged: null });
  });

  test("asks first, then saves what is intact, fills in what the disk has, and keeps the damaged file", async () => {
    using project = await TestProject.imported({ [path]: "zero\n", ".claude/settings.json": "{}" });
    await project.saved(path, "one\n");
    await sync(project.environment, { direction: "both" });
    const file = join(project.environment.storeFolder, "store.db");
    const database = new DatabaseSync(file);
    database.exec("UPDATE object SET data = x'00' WHERE kind = 0 AND size = 4");
    database.close();
    expect((await verify(project.environment)).data.problems).not.toEqual([]);
    expect(await refusalOf(repair(project.environment))).toMatchObject({ code: "E-CONFIRM" });
    const { data } = await repair(project.environment, { yes: true });
    expect(data.repaired).toBe(true);
    expect(data.refilled).toBeGreaterThan(0);
    expect(realpathSync(data.damaged ?? "")).toContain("store.db.damaged-");
    const { data: now } = await cat(project.environment, { what: "rule/tone" });
    expect(new TextDecoder().decode(now.bytes)).toBe("one\n");
    expect((await verify(project.environment)).data.problems).toEqual([]);
  });

  test("a store that does not even open is repaired from a backup", async () => {
    using project = await TestProject.imported({ [path]: "zero\n" });
    const one = await project.saved(path, "one\n");
    await project.saved(path, "two\n");
    await backup(project.environment);
    const file = openSync(join(project.environment.storeFolder, "store.db"), "r+");
    writeSync(file, Buffer.alloc(100, 7), 0, 100, 0);
    const { data } = await repair(project.environment, { yes: true });
    expect(data).toMatchObject({
      repaired: true,
      problems: [],
      fromBackup: expect.stringContaining("manual-"),
    });
    expect(project.read(path)).toBe("two\n");
    expect(await textAt(project, one)).toBe("one\n");
  });
});
