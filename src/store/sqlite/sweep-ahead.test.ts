import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { limits } from "../../domain/limits.ts";
import { blobOf, seededRandom, TestHistory } from "../../testing/conformance/test-history.ts";
import { writeOne } from "../../testing/conformance/with-subject.ts";
import type { Maintenance, PruneRequest } from "../maintenance.ts";
import type { Store } from "../store.ts";
import { openStore } from "./open-store.ts";

const begun = 1_795_000_000_000_000;
const later = begun + limits.aheadGraceMicros + 1;
const waiting = blobOf("content that waits for its operation");

let folder: string;
let now: number;
let store: Store;
let history: TestHistory;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stet-ahead-"));
  now = begun;
  history = new TestHistory(5);
  const file = join(folder, "store.db");
  store = await openStore({ file, clock: { now: () => now }, random: seededRandom(6), transport: "inline" });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

function care(): Maintenance {
  if (store.maintenance === null) throw new Error("no maintenance");
  return store.maintenance;
}

function pruneAll(): PruneRequest {
  return {
    operation: history.operation({ kind: "prune" }),
    policy: "keep last 1",
    keepCommits: [],
    keepOperationsFrom: 1_000_000,
    keepConflictsSince: 0,
    dryRun: false,
  };
}

async function stateOf(id = waiting.id): Promise<string | undefined> {
  return (await store.history.inspect([id]))[0]?.state;
}

async function requireSound(): Promise<void> {
  expect((await store.history.verify()).problems).toEqual([]);
}

test("while it is young, neither prune nor gc takes what waits for its operation (BUGS S11)", async () => {
  await store.putAhead([waiting]);
  now = begun + limits.aheadGraceMicros - 1;
  expect((await care().prune(pruneAll())).objects).toBe(0);
  await care().compact({ spareOperations: 0 });
  expect(await store.history.getMany([waiting.id])).toEqual([waiting.bytes]);
  const outcome = await writeOne(store, { ...history.batch({}), ahead: [waiting.id] });
  expect(outcome).toMatchObject({ status: "done" });
  await requireSound();
});

test("gc empties it once its operation has not come for a day, and it can be stored again", async () => {
  await store.putAhead([waiting]);
  now = later;
  await care().compact({ spareOperations: 0 });
  expect(await stateOf()).toBe("absent");
  await requireSound();
  const batch = { ...history.batch({}), ahead: [waiting.id] };
  expect(await writeOne(store, batch)).toEqual({ status: "incomplete", missing: [waiting.id] });
  await store.putAhead([waiting]);
  expect(await writeOne(store, batch)).toMatchObject({ status: "done" });
  expect(await store.history.getMany([waiting.id])).toEqual([waiting.bytes]);
  await requireSound();
});

test("prune takes it as well, and an operation that still counts on it is refused", async () => {
  await store.putAhead([waiting]);
  now = later;
  expect((await care().prune(pruneAll())).objects).toBe(1);
  expect(await stateOf()).toBe("pruned");
  const batch = { ...history.batch({}), ahead: [waiting.id] };
  expect(await writeOne(store, batch)).toEqual({ status: "incomplete", missing: [waiting.id] });
  await requireSound();
});

test("what a save brought meanwhile is a version's, whatever came before it (BUGS S11)", async () => {
  const commit = history.commit({ "a.md": "content that waits for its operation" }, []);
  await store.putAhead([waiting]);
  expect(await writeOne(store, history.save(null, commit))).toMatchObject({ status: "done" });
  now = later;
  await care().compact({ spareOperations: 0 });
  expect(await store.history.getMany([waiting.id])).toEqual([waiting.bytes]);
  await requireSound();
});

test("a process that dies before its operation leaves a sound store", async () => {
  await store.putAhead([waiting]);
  await store.close();
  const file = join(folder, "store.db");
  store = await openStore({ file, clock: { now: () => now }, random: seededRandom(7), transport: "worker" });
  await requireSound();
  await store.putAhead([waiting, blobOf("more")]);
  expect(await store.history.getMany([waiting.id, blobOf("more").id])).toEqual([
    waiting.bytes,
    blobOf("more").bytes,
  ]);
});
