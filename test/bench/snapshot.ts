/**
 * What a snapshot costs by its size: to build, and then for one edited file, in nodes, bytes and time.
 * Run with `node test/bench/snapshot.ts`. Times are the median of the runs; sizes are exact.
 */
import { zstdCompressSync } from "node:zlib";
import { type CollectionPath, pathOf } from "../../src/domain/paths.ts";
import { buildSnapshot } from "../../src/snapshot/build-snapshot.ts";
import { checkCanonical } from "../../src/snapshot/check-canonical.ts";
import { diffSnapshots } from "../../src/snapshot/diff-snapshots.ts";
import { editSnapshot } from "../../src/snapshot/edit-snapshot.ts";
import { NodeCache } from "../../src/snapshot/node-cache.ts";
import type { NewObject } from "../../src/snapshot/object-source.ts";
import { readEntries, readEntry } from "../../src/snapshot/read-snapshot.ts";
import { entryOf, manyEntries, memoryOf } from "../snapshot/cases.ts";

const edits = 40;

async function milliseconds(run: () => unknown): Promise<number> {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function bytesOf(nodes: readonly NewObject[], measure: (bytes: Uint8Array) => number): number {
  return nodes.reduce((sum, node) => sum + measure(node.bytes), 0);
}

async function rowFor(count: number): Promise<Record<string, number>> {
  const entries = manyEntries(count);
  const paths = [...entries.keys()];
  const builds: number[] = [];
  for (let run = 0; run < 5; run++) builds.push(await milliseconds(() => buildSnapshot(entries)));
  const built = buildSnapshot(entries);
  const source = memoryOf(built);
  const nodeBytes = bytesOf(built.nodes, (bytes) => bytes.length) / built.nodes.length;
  const cost = {
    nodes: [0],
    added: [0],
    bytes: [0],
    packed: [0],
    edit: [0],
    warm: [0],
    diff: [0],
    read: [0],
  };
  for (const list of Object.values(cost)) list.length = 0;
  const cache = new NodeCache(source);
  for (let run = 0; run < edits; run++) {
    const path = paths[Math.floor(((run + 0.5) * count) / edits)];
    if (path === undefined) continue;
    const change = new Map<CollectionPath, ReturnType<typeof entryOf>>([[path, entryOf(count + run)]]);
    const edited = await editSnapshot(source, built.id, change);
    cost.nodes.push(edited.nodes.length);
    const addition = new Map([[pathOf(`${path}.new`), entryOf(run)]]);
    cost.added.push((await editSnapshot(source, built.id, addition)).nodes.length);
    cost.bytes.push(bytesOf(edited.nodes, (bytes) => bytes.length));
    cost.packed.push(bytesOf(edited.nodes, (bytes) => zstdCompressSync(bytes).length));
    cost.edit.push(await milliseconds(() => editSnapshot(source, built.id, change)));
    cost.warm.push(await milliseconds(() => editSnapshot(cache, built.id, change)));
    source.put(edited.nodes);
    cost.diff.push(await milliseconds(() => diffSnapshots(source, built.id, edited.id)));
    cost.read.push(await milliseconds(() => readEntry(source, built.id, path)));
  }
  return {
    entries: count,
    nodes: built.nodes.length,
    "bytes a node": nodeBytes,
    "build ms": median(builds),
    "read all ms": await milliseconds(() => readEntries(source, built.id)),
    "check ms": await milliseconds(() => checkCanonical(source, built.id)),
    "edit: nodes": mean(cost.nodes),
    "add: nodes": mean(cost.added),
    "edit: bytes": mean(cost.bytes),
    "edit: zstd bytes": mean(cost.packed),
    "edit ms": median(cost.edit),
    "edit warm ms": median(cost.warm),
    "diff ms": median(cost.diff),
    "read one ms": median(cost.read),
  };
}

const rows: Record<string, number>[] = [];
for (const count of [100, 1000, 10_000, 30_000, 100_000]) rows.push(await rowFor(count));
const rounded = rows.map((row) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value.toPrecision(4))])),
);
console.table(rounded);
const [small, , large] = rounded;
for (const name of ["edit: nodes", "edit: bytes", "edit: zstd bytes"]) {
  const ratio = (large?.[name] ?? Number.NaN) / (small?.[name] ?? Number.NaN);
  console.log(`${name}, 10,000 entries against 100: ${ratio.toFixed(2)} x`);
}
