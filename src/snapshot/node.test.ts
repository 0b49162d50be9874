import fc from "fast-check";
import { expect, test } from "vitest";
import { anyEntries } from "../../test/snapshot/cases.ts";
import { StetError } from "../domain/errors.ts";
import { hashIdFromBytes } from "../domain/ids.ts";
import { buildSnapshot } from "./build-snapshot.ts";
import { decodeCanonical, encodeCanonical } from "./canonical-cbor.ts";
import type { CanonicalValue } from "./canonical-value.ts";
import { hashBytes, untaggedBytes } from "./hash.ts";
import { decodeNode, encodeNode, isLeaf, type TreeNode } from "./node.ts";
import { referencesOf } from "./references.ts";

function decodedOrRefused(bytes: Uint8Array): TreeNode | undefined {
  try {
    return decodeNode(bytes);
  } catch (error) {
    if (error instanceof StetError && error.code === "E-STORE-DAMAGED") return undefined;
    throw error;
  }
}

/** Changes that bytes may suffer: one byte, cut short, one put in. */
const injury = fc.tuple(fc.constantFrom("flip", "cut", "insert"), fc.nat(), fc.nat({ max: 255 }));

function injured(bytes: Uint8Array, [kind, where, value]: readonly [string, number, number]): Uint8Array {
  const at = where % bytes.length;
  if (kind === "cut") return bytes.subarray(0, at);
  if (kind === "flip") return bytes.map((byte, index) => (index === at ? value : byte));
  return new Uint8Array([...bytes.subarray(0, at), value, ...bytes.subarray(at)]);
}

test("a node has one encoding: what is read is written back byte for byte, and the rest is refused", () => {
  fc.assert(
    fc.property(anyEntries, fc.nat(), fc.array(injury, { maxLength: 2 }), (entries, pick, injuries) => {
      const { nodes } = buildSnapshot(entries);
      const whole = nodes[pick % nodes.length]?.bytes ?? new Uint8Array();
      const bytes = injuries.reduce((so, one) => (so.length === 0 ? so : injured(so, one)), whole);
      const node = decodedOrRefused(bytes);
      if (injuries.length === 0) expect(node).toBeDefined();
      if (node === undefined) return;
      expect(encodeNode(node).bytes).toEqual(bytes);
      const cbor = untaggedBytes("node", bytes);
      if (cbor === undefined) throw new Error("no tag");
      const rows = isLeaf(node) ? node.files : node.children;
      expect(decodeCanonical(cbor)).toMatchObject([
        node.level,
        rows.map((row) => expect.arrayContaining([row.path])),
      ]);
    }),
    { numRuns: 2000 },
  );
});

test("a node refers to its children, or to the blobs of its files, each once", () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      const { nodes, id } = buildSnapshot(entries);
      const referred = new Set(nodes.flatMap((node) => referencesOf("node", node.bytes)));
      const below = nodes.map((node) => node.id).filter((one) => one !== id);
      expect(referred).toEqual(new Set([...below, ...[...entries.values()].map((entry) => entry.blob)]));
      for (const node of nodes) {
        const list = referencesOf("node", node.bytes);
        expect(new Set(list).size).toBe(list.length);
        expect(hashIdFromBytes(hashBytes(node.bytes))).toBe(node.id);
      }
    }),
    { numRuns: 1000 },
  );
});

const canonicalValue = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().map((number) => number + 0),
    fc.constantFrom(
      23,
      24,
      255,
      256,
      65_535,
      65_536,
      2 ** 32 - 1,
      2 ** 32,
      -24,
      -25,
      -(2 ** 32),
      -(2 ** 53) + 1,
    ),
    fc.string({ unit: "binary" }),
    fc.constantFrom("\ufeff", "\ufeffa"),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.string({ unit: "binary" }), tie("value")), { maxLength: 4 })
      .map((rows) => new Map(rows)),
  ),
})).value;

test("canonical CBOR comes back, sorts its keys by their bytes, and accepts no other encoding", () => {
  fc.assert(
    fc.property(canonicalValue, fc.array(injury, { maxLength: 2 }), (value, injuries) => {
      const whole = encodeCanonical(value);
      expect(decodeCanonical(whole)).toEqual(value);
      const bytes = injuries.reduce((so, one) => (so.length === 0 ? so : injured(so, one)), whole);
      let read: CanonicalValue;
      try {
        read = decodeCanonical(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return;
      }
      expect(encodeCanonical(read)).toEqual(bytes);
    }),
    { numRuns: 2000 },
  );
  const keys = new Map([
    ["b", 1],
    ["aa", 2],
    ["a", 3],
  ]);
  expect(Buffer.from(encodeCanonical(keys)).toString("hex")).toBe("a361610361620162616102");
});

test.each<readonly [string, string]>([
  ["a float", "f93c00"],
  ["an integer longer than it needs to be", "1800"],
  ["a list without end", "9fff"],
  ["keys out of order", "a2616201616101"],
  ["a key twice", "a2616101616101"],
  ["undefined", "f7"],
  ["a simple value in two bytes", "f814"],
  ["a half of a list", "82"],
  ["a negative integer beyond what is exact", "3b001fffffffffffff"],
  ["a tag", "c001"],
  ["text that is not UTF-8", "61ff"],
  ["an unsafe integer", "1b0020000000000000"],
  ["a key that is a number", "a10101"],
  ["nothing", ""],
  ["two values", "0101"],
  ["lists in lists without measure", `${"81".repeat(5000)}01`],
])("canonical CBOR is not %s", (_what, hex) => {
  expect(() => decodeCanonical(new Uint8Array(Buffer.from(hex, "hex")))).toThrow(RangeError);
});

test.each<readonly [string, CanonicalValue]>([
  ["a lone surrogate", "\ud800"],
  ["a lone surrogate in a key", new Map([["\udc00", 1]])],
  ["a fraction", 0.5],
  ["an unsafe integer", 2 ** 53],
  ["minus zero", -0],
  ["what is no number", Number.NaN],
])("%s is refused before it is encoded", (_what, value) => {
  expect(() => encodeCanonical([value])).toThrow(RangeError);
});
