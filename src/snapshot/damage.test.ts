import { describe, expect, test } from "vitest";
import { entryOf, type MemoryObjects, manyEntries, memoryOf } from "../../test/snapshot/cases.ts";
import { StetError } from "../domain/errors.ts";
import { hashIdToBytes, type NodeId } from "../domain/ids.ts";
import { pathOf } from "../domain/paths.ts";
import { buildSnapshot } from "./build-snapshot.ts";
import { encodeCanonical } from "./canonical-cbor.ts";
import type { CanonicalValue } from "./canonical-value.ts";
import { checkCanonical } from "./check-canonical.ts";
import { diffSnapshots } from "./diff-snapshots.ts";
import { editSnapshot } from "./edit-snapshot.ts";
import { objectId, tagBytes } from "./hash.ts";
import { decodeNode, encodeNode, isLeaf } from "./node.ts";
import { NodeCache } from "./node-cache.ts";
import { readEntries, readEntry } from "./read-snapshot.ts";

async function errorOf(run: Promise<unknown>): Promise<{ readonly code: string; readonly where: string }> {
  try {
    await run;
  } catch (error) {
    if (error instanceof StetError) return { code: error.code, where: error.where };
    throw error;
  }
  return { code: "none", where: "" };
}

const entries = manyEntries(3000);
const built = buildSnapshot(entries);
const edited = buildSnapshot([...entries, [pathOf("zz"), entryOf(1)]]);

/** Every read that must come upon a node below the root. */
const reads: readonly (readonly [string, (source: MemoryObjects, victim: NodeId) => Promise<unknown>])[] = [
  ["readEntries", (source) => readEntries(source, built.id)],
  ["readEntry", (source, victim) => readEntry(source, built.id, pathIn(victim))],
  ["editSnapshot", (source, victim) => editSnapshot(source, built.id, new Map([[pathIn(victim), null]]))],
  ["diffSnapshots", (source) => diffSnapshots(source, built.id, buildSnapshot([]).id)],
];

function pathIn(id: NodeId): Parameters<typeof readEntry>[2] {
  const node = decodeNode(built.nodes.find((one) => one.id === id)?.bytes ?? new Uint8Array());
  const path = isLeaf(node) ? node.files[0]?.path : node.children[0]?.path;
  if (path === undefined) throw new Error("an empty node");
  return path;
}

describe.each(reads)("%s", (_name, read) => {
  const victims = built.nodes
    .filter((_, index) => index % 17 === 0 || index === built.nodes.length - 1)
    .flatMap((node) => (node.kind === "node" ? [node.id] : []));

  test("names a node that is absent", async () => {
    for (const victim of victims) {
      const source = memoryOf(built, buildSnapshot([]));
      source.objects.delete(victim);
      expect(await errorOf(read(source, victim))).toEqual({
        code: "E-OBJECT-MISSING",
        where: `node ${victim}`,
      });
    }
  });

  test("names a node whose bytes are not its own", async () => {
    for (const victim of victims) {
      const source = memoryOf(built, buildSnapshot([]));
      const bytes = source.objects.get(victim) ?? new Uint8Array();
      for (const bad of [
        bytes.subarray(1),
        new Uint8Array(),
        bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
      ]) {
        source.objects.set(victim, bad);
        expect(await errorOf(read(source, victim))).toEqual({
          code: "E-STORE-DAMAGED",
          where: `node ${victim}`,
        });
      }
    }
  });
});

describe("a tree from elsewhere", () => {
  const files = [...manyEntries(300)].map(([path, entry]) => ({ path, entry }));
  const leafRow = (path: string, mode = 0o100644, size: CanonicalValue = 1): CanonicalValue => [
    path,
    hashIdToBytes(entryOf(1).blob),
    mode,
    size,
  ];
  const checkNode = async (value: CanonicalValue): Promise<string> => {
    const source = memoryOf(built);
    const bytes = encodeCanonical(value, tagBytes.node);
    const id = objectId<NodeId>(bytes);
    source.objects.set(id, bytes);
    const result = await checkCanonical(source, id);
    return result.status === "refused" ? `${result.code}: ${result.why}` : result.status;
  };

  test("passes where it is canonical", async () => {
    expect((await checkCanonical(memoryOf(built), built.id)).status).toBe("canonical");
    expect(await checkNode([0, []])).toBe("canonical");
    expect(await checkNode([0, [leafRow("a")]])).toBe("canonical");
  });

  test.each<readonly [string, CanonicalValue]>([
    ["paths out of order", [0, [leafRow("b"), leafRow("a")]]],
    ["a path twice", [0, [leafRow("a"), leafRow("a")]]],
    ["a path that leaves its folder (BUGS P1)", [0, [leafRow("../../x")]]],
    ["an absolute path", [0, [leafRow("/etc/passwd")]]],
    ["a folder's mode", [0, [leafRow("a", 0o040755)]]],
    ["a set-user bit", [0, [leafRow("a", 0o104755)]]],
    ["a negative size", [0, [leafRow("a", 0o100644, -1)]]],
    ["a size that is text", [0, [leafRow("a", 0o100644, "1")]]],
    ["a short id", [0, [["a", new Uint8Array(31), 0o100644, 1]]]],
    ["a row too long", [0, [["a", new Uint8Array(32), 0o100644, 1, 1]]]],
    ["a negative level", [-1, []]],
    ["a level beyond the last", [32, [["a", new Uint8Array(32)]]]],
    ["an inner node without children", [1, []]],
    ["a third part", [0, [], 0]],
    ["no list at all", new Map([["level", 0]])],
  ])("is refused with %s", async (_what, value) => {
    expect(await checkNode(value)).toMatch(/^E-STORE-DAMAGED: /);
  });

  test("is refused when it is cut elsewhere than the rules say", async () => {
    const halves = [files.slice(0, 20), files.slice(20, 40)].map((part) =>
      encodeNode({ level: 0, files: part }),
    );
    const root = encodeNode({
      level: 1,
      children: halves.map(({ id }, index) => ({
        id,
        path: files[index * 20 + 19]?.path ?? pathOf("none"),
      })),
    });
    const source = memoryOf({ id: root.id, nodes: [...halves, root] });
    expect(await checkCanonical(source, root.id)).toEqual({
      status: "refused",
      code: "E-STORE-DAMAGED",
      where: `node ${root.id}`,
      why: "its entries make another tree",
    });
  });

  test("is refused when one node stands above the root, or a child hangs at a wrong place", async () => {
    const leaf = encodeNode({ level: 0, files: files.slice(0, 3) });
    const end = files[2]?.path ?? pathOf("none");
    for (const [level, path] of [
      [1, end],
      [2, end],
      [1, pathOf("skills/zzz")],
    ] as const) {
      const root = encodeNode({ level, children: [{ path, id: leaf.id }] });
      const result = await checkCanonical(memoryOf({ id: root.id, nodes: [leaf, root] }), root.id);
      expect(result.status).toBe("refused");
    }
  });

  test("is refused when two of its leaves overlap", async () => {
    const leaves = [
      encodeNode({ level: 0, files: files.slice(0, 5) }),
      encodeNode({ level: 0, files: files.slice(2, 8) }),
    ];
    const root = encodeNode({
      level: 1,
      children: leaves.map(({ id }, index) => ({
        id,
        path: files[index === 0 ? 4 : 7]?.path ?? pathOf("none"),
      })),
    });
    const result = await checkCanonical(memoryOf({ id: root.id, nodes: [...leaves, root] }), root.id);
    expect(result.status).toBe("refused");
  });
});

describe("a cache of nodes", () => {
  test("answers the same, reads less, and stays within its bound", async () => {
    const source = memoryOf(built, edited);
    const cache = new NodeCache(source, 8);
    const path = pathIn(built.nodes[0]?.kind === "node" ? built.nodes[0].id : built.id);
    expect(await readEntry(cache, built.id, path)).toEqual(entries.get(path));
    const cold = source.reads;
    expect(await readEntry(cache, built.id, path)).toEqual(entries.get(path));
    expect(source.reads).toBe(cold);
    expect(await readEntries(cache, edited.id)).toEqual(await readEntries(source, edited.id));
    expect(cache.size).toBe(8);
  });

  test("does not remember a damaged node", async () => {
    const source = memoryOf(built);
    const whole = source.objects.get(built.id) ?? new Uint8Array();
    const cache = new NodeCache(source);
    source.objects.set(built.id, whole.subarray(1));
    expect((await errorOf(readEntries(cache, built.id))).code).toBe("E-STORE-DAMAGED");
    source.objects.set(built.id, whole);
    expect((await readEntries(cache, built.id)).size).toBe(entries.size);
  });
});
