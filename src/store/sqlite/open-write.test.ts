import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { TestHistory } from "../../testing/conformance/test-history.ts";
import type { WriteBatch } from "../history-store.ts";
import type { Database } from "./database.ts";
import { Names } from "./names.ts";
import { openDatabase } from "./open-database.ts";
import { OpenWrite } from "./open-write.ts";
import { prepareBatch } from "./prepare-batch.ts";
import { integer } from "./row.ts";
import { writeBatch } from "./write-batch.ts";
import { writeBatches } from "./write-batches.ts";

const wall = 1_795_000_000_000_000;
const salt = new Uint8Array(16);
const history = new TestHistory(5);
let folder = "";
let ours: Database;
let theirs: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stet-open-write-"));
  const file = join(folder, "store.db");
  const options = { file, readOnly: false, allowNetwork: false, adoptCopy: false };
  ours = openDatabase({ ...options, storeId: history.random(16) });
  theirs = openDatabase({ ...options, storeId: history.random(16) });
});

afterEach(() => {
  ours.close();
  theirs.close();
  rmSync(folder, { recursive: true, force: true });
});

function blobOf(text: string): NewObject & { readonly kind: "blob" } {
  const bytes = new TextEncoder().encode(text);
  return { kind: "blob", id: blobId(bytes), bytes };
}

function rowsOf(id: ObjectId): number {
  const row = ours.get("SELECT count(*) AS count FROM object WHERE hash = ?", hashIdToBytes(id));
  return integer(row ?? {}, "count");
}

function write(database: Database, batches: readonly WriteBatch[]): readonly string[] {
  const salts = new Uint8Array(16 * batches.length);
  const input = { batches, local: null, whole: false, wall, salts };
  return writeBatches(database, new Names(database), input).outcomes.map(({ status }) => status);
}

test("an object that another process stores between preparing and the lock has one row", () => {
  const blob = blobOf("the same bytes from two sides");
  const names = new Names(ours);
  const preparation = { database: ours, known: names.objects, fresh: new Map(), compresses: true };
  const version = ours.version();
  const prepared = prepareBatch(preparation, history.batch({ objects: [blob] }), salt);
  if ("refused" in prepared) throw new Error(prepared.refused);
  expect(write(theirs, [history.batch({ objects: [blob] })])).toEqual(["done"]);
  ours.write(() => {
    const open = new OpenWrite(ours, names, version);
    expect(open.undisturbed).toBe(false);
    expect(writeBatch(open, prepared, wall)).toMatchObject({ status: "done", operation: { sequence: 2 } });
  });
  expect(rowsOf(blob.id)).toBe(1);
});

test("an object that comes twice in one transaction has one row, also where the first batch is refused", () => {
  const blob = blobOf("twice in one transaction");
  const batch = () => history.batch({ objects: [blob] });
  const odd = { ...batch(), pins: [], unpins: ["not there"] };
  expect(write(ours, [odd, batch(), batch()])).toEqual(["refused", "done", "done"]);
  expect(rowsOf(blob.id)).toBe(1);
});

test("nothing is remembered of a transaction that was taken back", () => {
  const blob = blobOf("taken back");
  const names = new Names(ours);
  const batches = [history.batch({ objects: [blob] }), { ...history.batch({}), unpins: ["not there"] }];
  const input = { batches, local: null, whole: true, wall, salts: new Uint8Array(32) };
  const { outcomes } = writeBatches(ours, names, input);
  expect(outcomes.map(({ status }) => status)).toEqual(["withdrawn", "refused"]);
  expect(names.objects.recall(blob.id)).toBeUndefined();
  expect(rowsOf(blob.id)).toBe(0);
});
