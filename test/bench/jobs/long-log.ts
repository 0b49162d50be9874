/**
 * The log of one artifact among 1,000,000 operations, and the first page of the whole log, through the library.
 * STET_BENCH_OPERATIONS sets another number.
 */
import { join } from "node:path";
import { unknownActor } from "../../../src/domain/actors.ts";
import { regularMode } from "../../../src/domain/files.ts";
import { type CollectionId, randomId } from "../../../src/domain/ids.ts";
import { blobId } from "../../../src/snapshot/hash.ts";
import type { OperationQuery, WriteBatch } from "../../../src/store/history-store.ts";
import { openStore } from "../../../src/store/sqlite/open-store.ts";
import { systemClock, systemRandom } from "../../workspace/temporary-place.ts";
import { benchFolder } from "../bench-folder.ts";
import { type Row, report, shownNumber } from "../report.ts";
import { skillName } from "../skill-files.ts";
import { quantile, spreadOf } from "../spread.ts";

const operations = Number(process.env.STET_BENCH_OPERATIONS ?? 1_000_000);
const operationsEach = 20;
const artifacts = operations / operationsEach;
const pageLength = 50;
const batchesAtOnce = 2000;
const looks = 500;

using folder = benchFolder();
const store = await openStore({
  file: join(folder.path, "store.db"),
  clock: systemClock,
  random: systemRandom,
  transport: "inline",
});
const collection = randomId("collection", systemRandom(20));
const texts = ["one\n", "other\n"].map((text) => new TextEncoder().encode(text));
const entries = texts.map((bytes) => ({ blob: blobId(bytes), mode: regularMode, size: bytes.length }));

/** The n-th operation: one change of one artifact; the artifacts take turns. */
function operationOf(n: number, of: CollectionId): WriteBatch {
  const name = skillName(n % artifacts);
  const before = entries[n % 2] ?? null;
  const after = entries[(n + 1) % 2] ?? null;
  const place = { collection: of, path: `skills/${name}/SKILL.md`, target: null, artifact: `skill/${name}` };
  return {
    objects: n === 0 ? texts.map((bytes) => ({ kind: "blob", id: blobId(bytes), bytes })) : [],
    operation: {
      id: randomId("operation", systemRandom(20)),
      collections: [of],
      actor: unknownActor,
      kind: "capture",
      reason: null,
      message: null,
      refs: [],
      changes: [{ ...place, before, after }],
      undoes: null,
      group: null,
      details: {},
    },
    openConflicts: [],
    settleConflicts: [],
    pins: [],
    unpins: [],
  };
}

const begin = performance.now();
for (let from = 0; from < operations; from += batchesAtOnce) {
  const count = Math.min(batchesAtOnce, operations - from);
  const batches = Array.from({ length: count }, (_, index) => operationOf(from + index, collection));
  const { outcomes } = await store.write(batches);
  if (outcomes.some(({ status }) => status !== "done")) throw new Error("an operation was not recorded");
}
const builtIn = (performance.now() - begin) / 1000;

async function look(query: (round: number) => OperationQuery, expected: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < looks; round++) {
    const from = performance.now();
    const found = await store.history.operations(query(round));
    times.push(performance.now() - from);
    if (found.length !== expected) throw new Error(`${found.length} operations instead of ${expected}`);
  }
  return times.slice(looks / 10);
}

const ofArtifact = await look(
  (round) => ({ collection, artifact: `skill/${skillName((round * 7919) % artifacts)}`, limit: pageLength }),
  operationsEach,
);
const ofAll = await look(() => ({ collection, limit: pageLength }), pageLength);
await store.close();

const counted = operations.toLocaleString("en");
function rowOf(job: string, times: readonly number[], millisecondsMax: number): Row {
  const { median, most } = spreadOf(times);
  return {
    job,
    measured: `${shownNumber(median)} ms (99th percentile ${shownNumber(quantile(times, 0.99))})`,
    goal: `at most ${millisecondsMax} ms`,
    reached: median <= millisecondsMax,
    note: `library, warm; longest ${shownNumber(most)} ms; the log was written in ${shownNumber(builtIn)} s`,
  };
}
report([
  rowOf(`log of one artifact (${operationsEach} operations) among ${counted} operations`, ofArtifact, 1),
  rowOf(`first page (${pageLength} operations) of a log of ${counted}`, ofAll, 5),
]);
