import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type entryOf, manyEntries } from "../../test/snapshot/cases.ts";
import { hashIdToBytes } from "../domain/ids.ts";
import { type CollectionPath, comparePaths, pathOf } from "../domain/paths.ts";
import { buildSnapshot, emptySnapshot } from "./build-snapshot.ts";
import { blobId } from "./hash.ts";

/** The format once more, by hand and from its description alone: what this finds other than the code is a break. */

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 0x100) return Buffer.from([(major << 5) | 24, value]);
  if (value < 0x10000) return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
  return Buffer.from([(major << 5) | 26, value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
}

const list = (items: readonly Buffer[]): Buffer => Buffer.concat([head(4, items.length), ...items]);
const bytes = (value: Uint8Array): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer =>
  Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const nodeId = (level: number, rows: readonly Buffer[]): Buffer =>
  sha256(Buffer.from("stet-node-1\n"), list([head(0, level), list(rows)]));

/** Cuts rows into nodes: behind 32 of them, or where the path's digest has a byte below 16 at the level. */
function rootByHand(entries: ReadonlyMap<CollectionPath, ReturnType<typeof entryOf>>): string {
  let rows = [...entries]
    .sort(([one], [other]) => comparePaths(one, other))
    .map(([path, entry]) => {
      const parts = [text(path), bytes(hashIdToBytes(entry.blob)), head(0, entry.mode), head(0, entry.size)];
      return { path, row: list(parts) };
    });
  for (let level = 0; ; level++) {
    const nodes: (typeof rows)[] = [[]];
    for (const one of rows) {
      nodes.at(-1)?.push(one);
      const digest = sha256(Buffer.from(one.path));
      if (nodes.at(-1)?.length === 32 || (digest[level] ?? 0) < 16) nodes.push([]);
    }
    if (nodes.length > 1 && nodes.at(-1)?.length === 0) nodes.pop();
    const ids = nodes.map((node) =>
      nodeId(
        level,
        node.map((one) => one.row),
      ),
    );
    const [root] = ids;
    if (ids.length === 1 && root !== undefined) return `sha256:${root.toString("hex")}`;
    rows = nodes.flatMap((node, index) => {
      const last = node.at(-1);
      const id = ids[index];
      if (last === undefined || id === undefined) return [];
      return [{ path: last.path, row: list([text(last.path), bytes(id)]) }];
    });
  }
}

describe("the format of a snapshot", () => {
  test("of no files is the tag, level 0 and an empty list", () => {
    expect(emptySnapshot().id).toBe(
      `sha256:${sha256(Buffer.from("stet-node-1\n\x82\x00\x80", "latin1")).toString("hex")}`,
    );
    expect(emptySnapshot().id).toBe(
      "sha256:d384607ff8d521fdf985d6393b2f760bbd566af276ef133ad50f718664f7348a",
    );
  });

  test("of one file is one row of path, blob, mode and size", () => {
    const blob = blobId(new TextEncoder().encode("hello\n"));
    const entry = { blob, mode: 0o100644, size: 6 };
    const expected = Buffer.concat([
      Buffer.from("stet-node-1\n"),
      Buffer.from([0x82, 0x00, 0x81, 0x84]),
      Buffer.from([0x69]),
      Buffer.from("AGENTS.md"),
      Buffer.from([0x58, 0x20]),
      hashIdToBytes(blob),
      Buffer.from([0x19, 0x81, 0xa4]),
      Buffer.from([0x06]),
    ]);
    const built = buildSnapshot([[pathOf("AGENTS.md"), entry]]);
    expect(Buffer.from(built.nodes[0]?.bytes ?? [])).toEqual(expected);
    expect(built.id).toBe("sha256:c4dc63c6415e292ae31e8f9dacf92f8ff7b479d3dc6e6299e30e4354e29e2717");
  });

  test.each([1, 31, 32, 33, 100, 1000, 5000])("of %i files is what the description gives", (count) => {
    expect(buildSnapshot(manyEntries(count)).id).toBe(rootByHand(manyEntries(count)));
  });
});
