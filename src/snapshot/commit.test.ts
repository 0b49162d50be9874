import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CommitFields } from "../domain/commits.ts";
import { StetError } from "../domain/errors.ts";
import { type CommitId, hashIdFromBytes, hashIdToBytes, type SnapshotId } from "../domain/ids.ts";
import { decodeCommit, encodeCommit } from "./commit.ts";
import { blobId, hashBytes } from "./hash.ts";
import { referencesOf } from "./references.ts";

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const text = fc.string({ unit: "binary" });
const textOrNull = fc.option(text);
const change = fc.constantFrom("added", "removed", "changed");
const sectionChange = fc.constantFrom("added", "removed", "changed", "moved");

const commitFields: fc.Arbitrary<CommitFields> = fc.record({
  snapshot: digest.map((bytes) => hashIdFromBytes<SnapshotId>(bytes)),
  parents: fc.uniqueArray(
    digest.map((bytes) => hashIdFromBytes<CommitId>(bytes)),
    { maxLength: 3 },
  ),
  author: fc.record({ name: text, kind: text }),
  agentId: textOrNull,
  modelId: textOrNull,
  toolchainId: textOrNull,
  promptHash: textOrNull,
  session: textOrNull,
  message: textOrNull,
  committedAt: fc.maxSafeInteger(),
  branch: text,
  semVerBump: fc.option(fc.constantFrom("major", "minor", "patch")),
  breakingChanges: fc.array(text, { maxLength: 3 }),
  metadata: fc
    .array(fc.tuple(fc.oneof(text, fc.constantFrom("__proto__", "constructor")), text), { maxLength: 4 })
    .map((pairs): Record<string, string> => Object.fromEntries(pairs)),
  structuredDelta: fc.array(
    fc.record({
      artifact: text,
      change,
      fields: fc.array(fc.record({ field: text, change }), { maxLength: 2 }),
      sections: fc.array(fc.record({ section: text, change: sectionChange }), { maxLength: 2 }),
      files: fc.array(fc.record({ path: text, change }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
});
const salt = new Uint8Array(16).fill(7);

const plain: CommitFields = {
  snapshot: hashIdFromBytes<SnapshotId>(hashBytes(new Uint8Array([1]))),
  parents: [hashIdFromBytes<CommitId>(hashBytes(new Uint8Array([2])))],
  author: { name: "ana", kind: "person" },
  agentId: null,
  modelId: null,
  toolchainId: null,
  promptHash: null,
  session: null,
  message: "why",
  committedAt: 1_700_000_000_000_000,
  branch: "main",
  semVerBump: null,
  breakingChanges: [],
  metadata: { ticket: "41" },
  structuredDelta: [],
};

function damageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof StetError) return error.code;
    throw error;
  }
  return "none";
}

describe("a commit", () => {
  test("with nothing but breaking changes has words to forget", () => {
    const fields = { ...plain, message: null, metadata: {}, breakingChanges: ["Its main file is gone."] };
    const { bytes, words } = encodeCommit(fields, salt);
    expect(decodeCommit(bytes, words)).toEqual({ fields, wordsForgotten: false });
    expect(decodeCommit(bytes, null)).toMatchObject({
      wordsForgotten: true,
      fields: { breakingChanges: [] },
    });
  });

  test("comes back as it went in, whatever its fields hold", () => {
    fc.assert(
      fc.property(commitFields, (fields) => {
        const { id, bytes, words } = encodeCommit(fields, salt);
        expect(hashIdFromBytes(hashBytes(bytes))).toBe(id);
        expect(decodeCommit(bytes, words)).toEqual({ fields, wordsForgotten: false });
      }),
      { numRuns: 1000 },
    );
  });

  test("has another id when any one field is another (BUGS P3)", () => {
    fc.assert(
      fc.property(commitFields, commitFields, (one, other) => {
        const before = encodeCommit(one, salt);
        for (const name of Object.keys(one)) {
          const mixed = { ...one, [name]: Reflect.get(other, name) };
          const same = isDeepStrictEqual(structuredClone(mixed), structuredClone(one));
          expect(encodeCommit(mixed, salt).id === before.id, name).toBe(same);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("keeps its id without its words, and says that they are forgotten", () => {
    const fields = {
      ...plain,
      breakingChanges: ["It no longer takes branch."],
      structuredDelta: [
        { artifact: "skill/pdf", change: "added", fields: [], sections: [], files: [] } as const,
      ],
    };
    const { bytes } = encodeCommit(fields, salt);
    const read = decodeCommit(bytes, null);
    expect(read.wordsForgotten).toBe(true);
    expect(read.fields).toEqual({ ...plain, message: null, metadata: { ticket: "" } });
    for (const word of ["why", "41", "branch.", "pdf"]) expect(Buffer.from(bytes).includes(word)).toBe(false);
  });

  test("without free text has no words and nothing to forget", () => {
    const { bytes, words } = encodeCommit({ ...plain, message: null, metadata: {} }, salt);
    expect(words).toBeNull();
    expect(decodeCommit(bytes, null).wordsForgotten).toBe(false);
  });

  test("keeps a byte order mark that its text begins with (BUGS D7)", () => {
    const fields = { ...plain, branch: "\ufeffmain", message: "\ufeff", metadata: { "\ufeff": "\ufeffa" } };
    const { bytes, words } = encodeCommit(fields, salt);
    expect(decodeCommit(bytes, words).fields).toEqual(fields);
  });

  test("hides equal words under another salt", () => {
    expect(encodeCommit(plain, salt).id).not.toBe(
      encodeCommit(
        plain,
        salt.map(() => 8),
      ).id,
    );
  });

  test("refuses another commit's words", () => {
    const one = encodeCommit(plain, salt);
    const other = encodeCommit({ ...plain, message: "because" }, salt);
    expect(damageOf(() => decodeCommit(one.bytes, other.words))).toBe("E-STORE-DAMAGED");
  });

  test("with one byte changed is refused or another commit, and cut short is refused", () => {
    const { id, bytes, words } = encodeCommit(plain, salt);
    for (let index = 0; index < bytes.length; index++) {
      for (const flip of [1, 0x20, 0x80]) {
        const bent = bytes.map((byte, at) => (at === index ? byte ^ flip : byte));
        const code = damageOf(() => decodeCommit(bent, words));
        expect(["E-STORE-DAMAGED", "none"]).toContain(code);
        expect(hashIdFromBytes(hashBytes(bent))).not.toBe(id);
      }
    }
    for (let length = 0; length < bytes.length; length++) {
      expect(damageOf(() => decodeCommit(bytes.subarray(0, length), words))).toBe("E-STORE-DAMAGED");
    }
  });

  test("is not made of ill-formed text, fractions, a short salt or a parent named twice", () => {
    expect(() => encodeCommit({ ...plain, branch: "\ud800" }, salt)).toThrow(RangeError);
    expect(() => encodeCommit({ ...plain, committedAt: 0.5 }, salt)).toThrow(RangeError);
    expect(() => encodeCommit({ ...plain, committedAt: 2 ** 53 }, salt)).toThrow(RangeError);
    expect(() => encodeCommit(plain, salt.subarray(1))).toThrow(RangeError);
    expect(() => encodeCommit({ ...plain, parents: [...plain.parents, ...plain.parents] }, salt)).toThrow(
      RangeError,
    );
  });

  test("refers to its snapshot and parents", () => {
    expect(referencesOf("commit", encodeCommit(plain, salt).bytes)).toEqual([
      plain.snapshot,
      ...plain.parents,
    ]);
    expect(referencesOf("blob", new Uint8Array([1]))).toEqual([]);
    expect(damageOf(() => referencesOf("commit", new Uint8Array([1])))).toBe("E-STORE-DAMAGED");
    expect(damageOf(() => referencesOf("node", new Uint8Array([1])))).toBe("E-STORE-DAMAGED");
  });

  test("a blob's id is what sha256sum prints", () => {
    expect(blobId(new Uint8Array())).toBe(
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
    expect(hashIdToBytes(blobId(new TextEncoder().encode("abc")))).toEqual(
      hashBytes(new TextEncoder().encode("abc")),
    );
  });
});
