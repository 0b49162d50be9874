import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyEdit,
  anyEntries,
  applyEdits,
  entryOf,
  MemoryObjects,
  manyEntries,
  memoryOf,
} from "../../test/snapshot/cases.ts";
import { type CollectionPath, comparePaths, pathOf } from "../domain/paths.ts";
import { type BuiltSnapshot, buildSnapshot, emptySnapshot } from "./build-snapshot.ts";
import { checkCanonical } from "./check-canonical.ts";
import { editSnapshot } from "./edit-snapshot.ts";
import { decodeNode } from "./node.ts";
import { overlaySource } from "./overlay-source.ts";
import { readEntries, readEntry } from "./read-snapshot.ts";

function levelsOf(built: BuiltSnapshot): number {
  const root = built.nodes.at(-1);
  return root === undefined ? 0 : decodeNode(root.bytes).level + 1;
}

describe("an edited snapshot", () => {
  test("is the one built from the resulting entries, and brings exactly the nodes that were not there", async () => {
    await fc.assert(
      fc.asyncProperty(anyEdit, async ({ entries, edits }) => {
        const old = buildSnapshot(entries);
        const edited = await editSnapshot(memoryOf(old), old.id, edits);
        const expected = buildSnapshot(applyEdits(entries, edits));
        expect(edited.id).toBe(expected.id);
        const before = new Set(old.nodes.map((node) => node.id));
        const wanted = new Set(expected.nodes.map((node) => node.id).filter((id) => !before.has(id)));
        const brought = edited.nodes.map((node) => node.id).filter((id) => !before.has(id));
        expect(new Set(brought)).toEqual(wanted);
        expect(edited.nodes.length).toBe(brought.length);
      }),
      { numRuns: 2000 },
    );
  });

  test("names for each node of a file's new content the one whose place it takes", async () => {
    const old = buildSnapshot(manyEntries(5000));
    const path = pathOf([...manyEntries(5000).keys()][2500] ?? "");
    const { nodes } = await editSnapshot(memoryOf(old), old.id, new Map([[path, entryOf(77_777)]]));
    expect(nodes.length).toBeGreaterThan(2);
    const before = new Map(old.nodes.map((node) => [node.id, decodeNode(node.bytes).level]));
    for (const node of nodes) {
      const previous = node.kind === "node" ? node.previous : undefined;
      expect(before.get(previous ?? old.id)).toBe(decodeNode(node.bytes).level);
      expect(previous).toBeDefined();
    }
  });

  test("is the same whatever the order and the number of edits that led to it", async () => {
    await fc.assert(
      fc.asyncProperty(anyEntries, fc.infiniteStream(fc.nat()), async (entries, numbers) => {
        const order = [...entries].map((pair) => ({ pair, key: numbers.next().value }));
        order.sort((one, other) => one.key - other.key);
        const source = new MemoryObjects().put(emptySnapshot().nodes);
        let id = emptySnapshot().id;
        const size = 1 + (numbers.next().value % 40);
        for (let at = 0; at < order.length; at += size) {
          const step = await editSnapshot(
            source,
            id,
            new Map(order.slice(at, at + size).map(({ pair }) => pair)),
          );
          source.put(step.nodes);
          id = step.id;
        }
        expect(id).toBe(buildSnapshot(entries).id);
      }),
      { numRuns: 1000 },
    );
  });

  test("stays right over 5,000 entries and several levels, removed at random down to none", async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
        let entries = manyEntries(5000);
        const built = buildSnapshot(entries);
        const source = memoryOf(built);
        let id = built.id;
        while (entries.size > 0) {
          const share = 2 + (numbers.next().value % 3);
          const edits = new Map<CollectionPath, null>();
          for (const path of entries.keys()) {
            if (entries.size < 20 || numbers.next().value % share === 0) edits.set(path, null);
          }
          const step = await editSnapshot(source, id, edits);
          entries = applyEdits(entries, edits);
          expect(step.id).toBe(buildSnapshot(entries).id);
          source.put(step.nodes);
          id = step.id;
        }
        expect(id).toBe(emptySnapshot().id);
      }),
      { numRuns: 4 },
    );
  });

  test("reads and writes one node a level for one edited file among 10,000", async () => {
    const entries = manyEntries(10_000);
    const built = buildSnapshot(entries);
    const levels = levelsOf(built);
    expect(levels).toBeGreaterThanOrEqual(3);
    for (const path of [...entries.keys()].filter((_, index) => index % 997 === 0)) {
      const source = memoryOf(built);
      const edited = await editSnapshot(source, built.id, new Map([[path, entryOf(123_456)]]));
      expect(edited.nodes.length).toBe(levels);
      expect(source.reads).toBe(levels);
      expect(source.requests).toBe(levels);
    }
  });

  test("that changes nothing is the same and brings nothing", async () => {
    const entries = manyEntries(100);
    const built = buildSnapshot(entries);
    const edits = new Map([...entries].slice(3, 9));
    const absent = new Map([[pathOf("absent"), null]]);
    expect(await editSnapshot(memoryOf(built), built.id, edits)).toEqual({ id: built.id, nodes: [] });
    expect(await editSnapshot(memoryOf(built), built.id, absent)).toEqual({ id: built.id, nodes: [] });
    const empty = emptySnapshot();
    expect(await editSnapshot(memoryOf(empty), empty.id, absent)).toEqual({ id: empty.id, nodes: [] });
  });
});

describe("a snapshot that is read", () => {
  test("gives back what it was built from, whole, by prefix and by path", async () => {
    await fc.assert(
      fc.asyncProperty(anyEntries, fc.nat(), fc.nat({ max: 12 }), async (entries, pick, length) => {
        const built = buildSnapshot(entries);
        const source = memoryOf(built);
        const sorted = [...entries].sort(([one], [other]) => comparePaths(one, other));
        expect([...(await readEntries(source, built.id))]).toEqual(sorted);
        const [path] = sorted[pick % Math.max(1, sorted.length)] ?? [pathOf("none")];
        const prefix = [...path].slice(0, length).join("");
        const within = sorted.filter(([one]) => one.startsWith(prefix));
        expect([...(await readEntries(source, built.id, { prefix }))]).toEqual(within);
        expect(await readEntry(source, built.id, path)).toEqual(entries.get(path) ?? null);
        expect(await readEntry(source, built.id, pathOf(`${path}~`))).toBeNull();
        expect(await checkCanonical(source, built.id)).toEqual({
          status: "canonical",
          files: entries.size,
          nodes: built.nodes.length,
        });
      }),
      { numRuns: 1000 },
    );
  });

  test("asks for a level at a time, and by prefix for few nodes", async () => {
    const built = buildSnapshot(manyEntries(10_000));
    const levels = levelsOf(built);
    const source = memoryOf(built);
    await readEntries(source, built.id);
    expect(source.requests).toBe(levels);
    expect(source.reads).toBe(built.nodes.length);
    source.reads = 0;
    await readEntries(source, built.id, { prefix: "skills/skill-001234/" });
    expect(source.reads).toBeLessThanOrEqual(2 * levels);
  });

  test("can be read through nodes that are not written yet", async () => {
    const built = buildSnapshot(manyEntries(200));
    const edited = await editSnapshot(memoryOf(built), built.id, new Map([[pathOf("new"), entryOf(1)]]));
    const overlay = overlaySource(edited.nodes, memoryOf(built));
    expect(await readEntry(overlay, edited.id, pathOf("new"))).toEqual(entryOf(1));
    expect((await readEntries(overlay, edited.id)).size).toBe(201);
  });
});

test("a path that comes twice is refused", () => {
  const pair = [pathOf("a"), entryOf(1)] as const;
  expect(() => buildSnapshot([pair, pair])).toThrow(RangeError);
});

test("a mode or size that is not one is refused", () => {
  for (const bad of [{ mode: 0o40755 }, { mode: 0o101000 }, { size: -1 }, { size: 0.5 }, { size: 2 ** 53 }]) {
    expect(() => buildSnapshot([[pathOf("a"), { ...entryOf(1), ...bad }]])).toThrow(RangeError);
  }
});
