import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConflictUnit } from "../../domain/conflicts.ts";
import type { ObjectId } from "../../domain/ids.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { readEntries } from "../../testing/conformance/read-entries.ts";
import {
  blobOf,
  seededRandom,
  type TestCommit,
  TestHistory,
} from "../../testing/conformance/test-history.ts";
import { writeOne } from "../../testing/conformance/with-subject.ts";
import type { Maintenance, PruneRequest } from "../maintenance.ts";
import type { Store } from "../store.ts";
import { openStore } from "./open-store.ts";

let folder: string;
let file: string;
let store: Store;
let history: TestHistory;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stet-care-"));
  file = join(folder, "store.db");
  history = new TestHistory(11);
  store = await open(file);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(path: string): Promise<Store> {
  const clock = { now: () => 1_795_000_000_000_000 };
  return await openStore({ file: path, clock, random: seededRandom(21), transport: "inline" });
}

function care(): Maintenance {
  if (store.maintenance === null) throw new Error("no maintenance");
  return store.maintenance;
}

/** Saves versions of two files, each stored against the one before. */
async function saveVersions(count: number): Promise<readonly TestCommit[]> {
  const commits: TestCommit[] = [];
  for (let version = 0; version < count; version++) {
    const before = commits.at(-1) ?? null;
    const files = {
      "skills/pdf/SKILL.md": lines(version),
      "skills/xls/SKILL.md": lines(Math.floor(version / 3) + 1000),
    };
    const after = history.commit(files, before === null ? [] : [before.id], {
      message: `message ${version}`,
    });
    const previous = before?.entries["skills/pdf/SKILL.md"]?.blob;
    const root = before?.root.kind === "node" ? before.root.id : undefined;
    const objects = after.objects.map((object): NewObject => {
      if (object.kind === "blob" && previous !== undefined) return { ...object, previous };
      return object.kind === "node" && root !== undefined ? { ...object, previous: root } : object;
    });
    const batch = { ...history.save(before, after, { message: `message ${version}` }), objects };
    expect(await writeOne(store, batch)).toMatchObject({ status: "done" });
    commits.push(after);
  }
  return commits;
}

function lines(version: number): string {
  return Array.from(
    { length: 60 },
    (_, line) => `line ${line} ${line === version % 60 ? version : ""}\n`,
  ).join("");
}

function pruneRequest(over: Partial<PruneRequest> = {}): PruneRequest {
  return {
    operation: history.operation({ kind: "prune" }),
    policy: "keep last 2",
    keepCommits: [],
    keepOperationsFrom: 1_000_000,
    keepConflictsSince: 0,
    dryRun: false,
    ...over,
  };
}

async function requireSound(): Promise<void> {
  expect((await store.history.verify()).problems).toEqual([]);
}

describe("prune", () => {
  test("content that nothing keeps goes, each object with a tombstone; the rest reads as before (BUGS S11)", async () => {
    const commits = await saveVersions(20);
    const [first, , pinned] = commits;
    const head = commits.at(-1);
    if (first === undefined || pinned === undefined || head === undefined) throw new Error("no commits");
    const pin = {
      name: "v1",
      collection: history.collection,
      commit: pinned.id,
      operation: history.operationId(),
      note: null,
    };
    await writeOne(store, history.batch({ pins: [pin] }));
    const dry = await care().prune(pruneRequest({ keepCommits: [first.id], dryRun: true }));
    expect(dry.operation).toBeNull();
    expect(await store.history.operations({ kinds: ["prune"], limit: 1 })).toEqual([]);
    const request = pruneRequest({ keepCommits: [first.id] });
    const result = await care().prune(request);
    expect(result).toMatchObject({ objects: dry.objects, bytes: dry.bytes });
    expect(result.objects).toBeGreaterThan(20);
    for (const kept of [first, pinned, head]) {
      expect(await readEntries(store.history, kept.id)).toEqual(filesOf(kept));
    }
    const gone = commits[10];
    if (gone === undefined) throw new Error("no commit");
    expect(await store.history.commit(gone.id)).toMatchObject({ message: "message 10" });
    const [state] = await store.history.inspect([gone.root.id]);
    expect(state).toMatchObject({
      state: "pruned",
      tombstone: { object: gone.root.id, operation: request.operation.id, policy: "keep last 2" },
    });
    expect(await store.history.getMany([gone.root.id])).toEqual([undefined]);
    await requireSound();
    expect(await care().prune(pruneRequest({ keepCommits: [first.id] }))).toMatchObject({ operation: null });
  });

  test("what operations within the undo horizon changed stays", async () => {
    const commits = await saveVersions(12);
    await care().prune(pruneRequest({ keepOperationsFrom: 9 }));
    const states = await Promise.all(
      commits.map(async (commit) => {
        const id = commit.entries["skills/pdf/SKILL.md"]?.blob ?? blobOf("").id;
        return (await store.history.inspect([id]))[0]?.state;
      }),
    );
    // Operation 9 changed version 7 into version 8 (both counted from 0).
    expect(states).toEqual(commits.map((_, version) => (version >= 7 ? "present" : "pruned")));
    await requireSound();
  });

  test("what was pruned is there again once somebody stores it, and can be pruned once more", async () => {
    const commits = await saveVersions(6);
    await care().prune(pruneRequest());
    const gone = commits[2];
    if (gone === undefined) throw new Error("no commit");
    const back = await writeOne(store, history.batch({ objects: [...gone.blobs, ...gone.nodes] }));
    expect(back).toMatchObject({ status: "done" });
    expect(await readEntries(store.history, gone.id)).toEqual(filesOf(gone));
    await requireSound();
    expect((await care().prune(pruneRequest())).objects).toBeGreaterThan(0);
    await requireSound();
  });

  test("a tombstone that was added or taken away afterwards is found out (BUGS S11)", async () => {
    await saveVersions(6);
    await care().prune(pruneRequest());
    await requireSound();
    const handle = new DatabaseSync(file);
    handle.exec("DELETE FROM tombstone WHERE object = (SELECT min(object) FROM tombstone)");
    handle.close();
    const codes = (await store.history.verify()).problems.map(({ code }) => code);
    expect(codes.sort()).toEqual(["E-OBJECT-MISSING", "E-STORE-DAMAGED"]);
  });

  test("open conflicts keep both sides", async () => {
    const conflict = history.conflict("a.md", { yours: entry("mine"), theirs: entry("theirs") });
    const batch = history.batch({ objects: [blobOf("mine"), blobOf("theirs")], openConflicts: [conflict] });
    expect(await writeOne(store, batch)).toMatchObject({ status: "done" });
    await care().prune(pruneRequest());
    expect(await store.history.getMany([blobOf("mine").id])).toEqual([blobOf("mine").bytes]);
    await writeOne(store, history.batch({ settleConflicts: [conflict.id] }));
    await care().prune(pruneRequest({ keepConflictsSince: 2 ** 52 }));
    expect((await store.history.inspect([blobOf("mine").id]))[0]?.state).toBe("pruned");
    await requireSound();
  });
});

describe("nodes", () => {
  test("that take the place of others are stored as splices, at most 8 on one another, and read back", async () => {
    const files = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`skills/s${n}/SKILL.md`, "text"]));
    const roots: Extract<NewObject, { kind: "node" }>[] = [];
    for (let version = 0; version < 40; version++) {
      const { blobs, nodes, root } = history.commit({ ...files, "skills/s3/SKILL.md": `${version}` }, []);
      if (root.kind !== "node") throw new Error("no root");
      const previous = roots.at(-1)?.id;
      const hinted = previous === undefined ? root : { ...root, previous };
      const below = nodes.filter(({ id }) => id !== root.id);
      const batch = history.batch({ objects: [...blobs, ...below, hinted] });
      expect(await writeOne(store, batch)).toMatchObject({ status: "done" });
      roots.push(root);
    }
    const handle = new DatabaseSync(file, { readOnly: true });
    const chains = handle.prepare(
      "WITH RECURSIVE chain (n, base, depth) AS (SELECT n, base, 0 FROM object WHERE codec = 4" +
        " UNION ALL SELECT chain.n, object.base, depth + 1 FROM chain JOIN object ON object.n = chain.base)" +
        " SELECT count(DISTINCT n) AS splices, max(depth) AS deepest FROM chain",
    );
    const found = chains.get();
    handle.close();
    expect(found).toMatchObject({ splices: 35, deepest: 8 });
    const read = await store.history.getMany(roots.map(({ id }) => id));
    expect(read).toEqual(roots.map(({ bytes }) => bytes));
  });

  test("are stored whole where the one they were to rest on was pruned meanwhile", async () => {
    const other = await open(file);
    for (const pruner of [store, other]) {
      const [first, second] = ["one", "other"].map((text) => {
        const files = { "a.md": text, "b.md": `${text} of ${pruner === other}` };
        return history.commit(files, []);
      });
      if (first?.root.kind !== "node" || second?.root.kind !== "node") throw new Error("no root");
      await writeOne(store, history.batch({ objects: [...first.blobs, ...first.nodes] }));
      await pruner.maintenance?.prune(pruneRequest());
      expect((await store.history.inspect([first.root.id]))[0]?.state).toBe("pruned");
      const root = { ...second.root, previous: first.root.id };
      await writeOne(store, history.batch({ objects: [...second.blobs, root] }));
      expect(await store.history.getMany([root.id])).toEqual([root.bytes]);
    }
    await other.close();
    await requireSound();
  });
});

describe("compact", () => {
  test("every object reads byte for byte as before, in less space, whatever is done next", async () => {
    const commits = await saveVersions(60);
    const ids = [...new Set(commits.flatMap(({ objects }) => objects.map(({ id }) => id)))];
    const before = await readHex(store, ids);
    const result = await care().compact({ spareOperations: 5, frameBytesMax: 20_000 });
    expect(result.objects).toBeGreaterThan(100);
    expect(result.frames).toBeGreaterThan(3);
    expect(result.bytesAfter).toBeLessThan(result.bytesBefore);
    expect(await readHex(store, ids)).toEqual(before);
    await requireSound();
    await care().prune(pruneRequest({ keepOperationsFrom: 30 }));
    await requireSound();
    for (const commit of commits.slice(40)) {
      expect(await readEntries(store.history, commit.id)).toEqual(filesOf(commit));
    }
    expect((await care().compact({ spareOperations: 0 })).objects).toBeGreaterThan(0);
    await requireSound();
  });

  test("any history reads the same before and after", async () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 0, max: 500 }).map((version) => new TextEncoder().encode(lines(version))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 12 }), async (contents) => {
        let previous: NewObject | undefined;
        const ids = [];
        for (const bytes of contents) {
          const object = { ...blobOf(Buffer.from(bytes).toString("latin1")) };
          ids.push(object.id);
          const hinted = previous?.kind === "blob" ? { ...object, previous: previous.id } : object;
          await writeOne(store, history.batch({ objects: [hinted] }));
          previous = object;
        }
        const before = await readHex(store, ids);
        await care().compact({ spareOperations: 0, frameBytesMax: 4000 });
        expect(await readHex(store, ids)).toEqual(before);
      }),
      { numRuns: 100 },
    );
    await requireSound();
  });

  test("in a thread of its own it holds up neither readers nor writers of the same store (P5)", async () => {
    const commits = await saveVersions(240);
    await store.close();
    const clock = { now: () => 1_795_000_000_000_000 };
    store = await openStore({ file, clock, random: seededRandom(31), transport: "worker" });
    const ids = commits.flatMap(({ objects }) => objects.map(({ id }) => id));
    const before = await readHex(store, ids);
    let ended = false;
    const compacting = care()
      .compact({ spareOperations: 0, frameBytesMax: 3000 })
      .finally(() => {
        ended = true;
      });
    let meanwhile = 0;
    while (!ended) {
      const written = await writeOne(store, history.batch({ objects: [blobOf(`written ${meanwhile}`)] }));
      expect(written.status).toBe("done");
      expect(await readHex(store, ids.slice(0, 5))).toEqual(before.slice(0, 5));
      meanwhile++;
    }
    expect((await compacting).objects).toBeGreaterThan(50);
    expect(meanwhile).toBeGreaterThan(1);
    expect(await readHex(store, ids)).toEqual(before);
    await requireSound();
  });

  test("a reader elsewhere is undisturbed while it runs (P5)", async () => {
    const commits = await saveVersions(30);
    const reader = await open(file);
    const ids = commits.flatMap(({ objects }) => objects.map(({ id }) => id));
    const before = await readHex(reader, ids);
    await care().compact({ spareOperations: 0 });
    expect(await readHex(reader, ids)).toEqual(before);
    await reader.close();
  });
});

describe("forget", () => {
  const secret = "hunter2-correct-horse-battery-staple";

  /** Whether the secret stands in any file of the store, as text or in a stored form. */
  function isOnDisk(): boolean {
    return readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(secret));
  }

  test("content and words are gone from every file of the store, and the log still verifies", async () => {
    const noise = Buffer.from(seededRandom(3)(30)).toString("hex");
    const first = history.commit({ "a.md": `${secret}` }, [], {
      message: `said ${secret}`,
      breakingChanges: [`It no longer takes ${secret}.`],
    });
    const opening = history.save(null, first, { message: secret, reason: secret, details: { key: secret } });
    await writeOne(store, opening);
    const second = history.commit({ "a.md": noise }, [first.id], { message: "clean" });
    await writeOne(store, history.save(first, second, { message: "kept" }));
    expect(isOnDisk()).toBe(true);
    const result = await care().forget({
      operation: history.operation({ kind: "forget" }),
      blobs: [blobOf(secret).id],
      wordsOfCommits: [first.id],
      wordsOfOperations: [opening.operation.id],
      wordsOfConflicts: [],
    });
    expect(result.objects).toBe(1);
    expect(isOnDisk()).toBe(false);
    await requireSound();
    expect(await store.history.commit(first.id)).toMatchObject({
      message: null,
      breakingChanges: [],
      wordsForgotten: true,
    });
    const forgotten = await store.history.operation(opening.operation.id);
    expect(forgotten).toMatchObject({ message: null, reason: null, details: {} });
    expect(forgotten?.chain).toBe((await store.history.operations({ limit: 5 })).at(-1)?.chain);
    expect((await store.history.inspect([blobOf(secret).id]))[0]).toMatchObject({ state: "pruned" });
    expect(await readEntries(store.history, second.id)).toEqual({ "a.md": noise });
  });

  test("what conflicts quote of it is gone; others keep what they quote", async () => {
    const of = (yours: string, choice: ConflictUnit["choice"] = null) =>
      history.conflict("a.md", {
        yours: entry(yours),
        theirs: entry("theirs"),
        units: [{ rule: "X1", where: "line 3", base: "was", yours, theirs: "is", mark: null, choice }],
      });
    const [open, settled, chosen] = [of(secret), of(secret), of("mine", { text: secret })];
    const other = of("mine");
    const objects = [blobOf(secret), blobOf("mine"), blobOf("theirs")];
    await writeOne(store, history.batch({ objects, openConflicts: [open, settled, chosen, other] }));
    await writeOne(store, history.batch({ settleConflicts: [settled.id] }));
    const before = await store.history.conflicts({ collection: history.collection });
    expect(isOnDisk()).toBe(true);
    await care().forget({
      operation: history.operation({ kind: "forget" }),
      blobs: [blobOf(secret).id],
      wordsOfCommits: [],
      wordsOfOperations: [],
      wordsOfConflicts: [chosen.id],
    });
    expect(isOnDisk()).toBe(false);
    expect(await store.history.conflicts({ collection: history.collection })).toEqual(
      before.map((one) => (one.id === other.id ? one : { ...one, units: [] })),
    );
    await requireSound();
  });

  test("versions that were stored against it, or in a frame with it, stay readable", async () => {
    for (const compacted of [false, true]) {
      const texts = ["one", "two", "three"].map((word) => `${compacted} ${word}\n${lines(7)}`);
      let previous: NewObject | undefined;
      for (const text of texts) {
        const object = blobOf(text);
        const hinted = previous?.kind === "blob" ? { ...object, previous: previous.id } : object;
        await writeOne(store, history.batch({ objects: [hinted] }));
        previous = object;
      }
      if (compacted) await care().compact({ spareOperations: 0 });
      const operation = history.operation({ kind: "forget" });
      const [gone, ...kept] = texts.map((text) => blobOf(text));
      if (gone === undefined) throw new Error("no text");
      await care().forget({
        operation,
        blobs: [gone.id],
        wordsOfCommits: [],
        wordsOfOperations: [],
        wordsOfConflicts: [],
      });
      expect(await store.history.getMany([gone.id, ...kept.map(({ id }) => id)])).toEqual([
        undefined,
        ...kept.map(({ bytes }) => bytes),
      ]);
      await requireSound();
    }
  });

  test("a request that cannot be followed changes nothing", async () => {
    const [commit] = await saveVersions(1);
    if (commit === undefined) throw new Error("no commit");
    const operation = history.operation({ kind: "forget" });
    for (const blobs of [[blobOf("never").id], [commit.root.id]]) {
      const request = {
        operation,
        blobs,
        wordsOfCommits: [commit.id],
        wordsOfOperations: [],
        wordsOfConflicts: [],
      };
      await expect(care().forget(request)).rejects.toMatchObject({ code: "E-INVALID" });
    }
    expect(await store.history.commit(commit.id)).toMatchObject({ wordsForgotten: false });
    expect(await store.history.operations({ limit: 5 })).toHaveLength(1);
  });
});

describe("backup", () => {
  test("is a whole store as of now, and never replaces an older one (BUGS S7)", async () => {
    const commits = await saveVersions(5);
    const target = join(folder, "backups", "one.db");
    expect(await care().backup(target)).toBeGreaterThan(4096);
    await expect(care().backup(target)).rejects.toMatchObject({ code: "E-INVALID" });
    expect(readdirSync(join(folder, "backups"))).toEqual(["one.db"]);
    const log = await store.history.operations({ limit: 99 });
    await saveMore(commits);
    await expect(open(target)).rejects.toMatchObject({ code: "E-STORE-COPIED" });
    const copy = await openStore({
      file: target,
      clock: { now: () => 0 },
      random: seededRandom(5),
      transport: "inline",
      adoptCopy: true,
    });
    expect(await copy.maintenance?.identity()).not.toBe(await care().identity());
    expect(await copy.history.operations({ limit: 99 })).toEqual(log);
    expect((await copy.history.verify()).problems).toEqual([]);
    await copy.close();
  });

  async function saveMore(commits: readonly TestCommit[]): Promise<void> {
    const head = commits.at(-1);
    if (head === undefined) throw new Error("no head");
    const after = history.commit({ "b.md": "later" }, [head.id]);
    expect(await writeOne(store, history.save(head, after))).toMatchObject({ status: "done" });
  }
});

function filesOf(commit: TestCommit): Record<string, string> {
  const texts = new Map(commit.blobs.map(({ id, bytes }) => [id as string, new TextDecoder().decode(bytes)]));
  return Object.fromEntries(
    Object.entries(commit.entries).map(([path, { blob }]) => [path, texts.get(blob) ?? "absent"]),
  );
}

async function readHex(from: Store, ids: readonly ObjectId[]): Promise<readonly (string | undefined)[]> {
  const read = await from.history.getMany(ids);
  return read.map((bytes) => bytes && Buffer.from(bytes).toString("hex"));
}

function entry(text: string) {
  const { id, bytes } = blobOf(text);
  return { blob: id, mode: 0o100644, size: bytes.length };
}
