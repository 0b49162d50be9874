import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { inflateRawSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimedActor } from "../../src/domain/actors.ts";
import type { CommitFields } from "../../src/domain/commits.ts";
import { type BlobId, type CommitId, type NodeId, parseHashId, parseRandomId } from "../../src/domain/ids.ts";
import type { OperationDraft } from "../../src/domain/operations.ts";
import { pathOf } from "../../src/domain/paths.ts";
import { encodeCommit } from "../../src/snapshot/commit.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import { encodeNode } from "../../src/snapshot/node.ts";
import { hashDraft, hashOperationWords, linkOf } from "../../src/store/operation-chain.ts";
import { openStore } from "../../src/store/sqlite/open-store.ts";
import type { Store } from "../../src/store/store.ts";

// The examples of docs/format.md, built byte by byte from what the page says, without the encoders. Whatever these
// tests compute stands in the page too: where they and the page differ, one of them is wrong.
const page = readFileSync(new URL("../../docs/format.md", import.meta.url), "utf8");

const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");
const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
};
const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(" ", ""), "hex");
/** CBOR heads of the few sizes that the examples need (RFC 8949, section 3). */
const head = (major: number, count: number): Buffer =>
  count < 24 ? Buffer.from([major * 32 + count]) : Buffer.from([major * 32 + 24, count]);
const text = (value: string): Buffer => Buffer.concat([head(3, utf8(value).length), utf8(value)]);
const bytes = (value: Uint8Array): Buffer => Buffer.concat([head(2, value.length), value]);
const list = (...items: readonly Buffer[]): Buffer => Buffer.concat([head(4, items.length), ...items]);
const nothing = hex("f6");
const no = hex("f4");
/** A map: keys in the order of their encoded bytes (RFC 8949, section 4.2.1). */
const map = (entries: Readonly<Record<string, Buffer>>): Buffer => {
  const pairs = Object.entries(entries).map(([key, value]) => [text(key), value] as const);
  pairs.sort(([one], [other]) => Buffer.compare(one, other));
  return Buffer.concat([head(5, pairs.length), ...pairs.flat()]);
};

const content = utf8("# PDF\n");
const salt = Buffer.from(Array.from({ length: 16 }, (_, index) => index));
const path = "skills/pdf/SKILL.md";
const collection = parseRandomId("collection", "co_00000000000000000001") ?? missing();
const operationId = parseRandomId("operation", "op_0123456789abcdefghjk") ?? missing();

const blobHash = sha256(content);
/** 33188 is 0o100644. */
const node = Buffer.concat([
  utf8("stet-node-1\n"),
  list(hex("00"), list(list(text(path), bytes(blobHash), hex("19 81a4"), hex("06")))),
]);
const nodeHash = sha256(node);
const messageHash = sha256(utf8("stet-words-1\n"), list(bytes(salt), list(text("message")), text("begin")));
const commit = Buffer.concat([
  utf8("stet-commit-1\n"),
  map({
    snapshot: bytes(nodeHash),
    parents: list(),
    author: map({ name: text("ana"), kind: text("person") }),
    agentId: nothing,
    modelId: nothing,
    toolchainId: nothing,
    promptHash: nothing,
    session: nothing,
    message: bytes(messageHash),
    committedAt: hex("1b 0006 6088 bf4f 6000"),
    branch: text("main"),
    semVerBump: nothing,
    metadata: map({}),
    breakingChanges: nothing,
    structuredDelta: nothing,
  }),
]);
const commitHash = sha256(commit);
const committedAt = 0x66088bf4f6000;

const words = Buffer.concat([
  utf8("stet-words-1\n"),
  map({
    salt: bytes(salt),
    message: text("begin"),
    metadata: map({}),
    breakingChanges: list(),
    structuredDelta: list(),
  }),
]);

const operationMessage = sha256(
  utf8("stet-operation-word-1\n"),
  list(bytes(salt), list(text("message")), text("begin")),
);
const actor = list(text("ana"), text("person"), nothing, nothing, nothing, nothing, text("claimed"));
const draftHash = sha256(
  utf8("stet-operation-1\n"),
  map({
    id: text(operationId),
    collections: list(text(collection)),
    actor,
    kind: text("save"),
    message: bytes(operationMessage),
    reason: nothing,
    details: map({}),
    refs: list(list(text(`${collection}/heads/main`), nothing, bytes(commitHash))),
    changes: list(
      list(
        text(collection),
        text(path),
        nothing,
        text("skill/pdf"),
        nothing,
        list(bytes(blobHash), hex("19 81a4"), hex("06")),
      ),
    ),
    undoes: nothing,
    group: nothing,
  }),
);
const linkHash = sha256(
  utf8("stet-link-1\n"),
  list(bytes(draftHash), hex("1b 0006 6088 bf4f 6000"), no, list(nothing)),
);

const fields: CommitFields = {
  snapshot: parseHashId(`sha256:${nodeHash.toString("hex")}`) ?? missing(),
  parents: [],
  author: { name: "ana", kind: "person" },
  agentId: null,
  modelId: null,
  toolchainId: null,
  promptHash: null,
  session: null,
  message: "begin",
  committedAt,
  branch: "main",
  semVerBump: null,
  breakingChanges: [],
  metadata: {},
  structuredDelta: [],
};
const blob = parseHashId<BlobId>(`sha256:${blobHash.toString("hex")}`) ?? missing();
const commitId = parseHashId<CommitId>(`sha256:${commitHash.toString("hex")}`) ?? missing();
const entry = { blob, mode: 0o100644, size: content.length };
const draft: OperationDraft = {
  id: operationId,
  collections: [collection],
  actor: claimedActor("ana", "person"),
  kind: "save",
  reason: null,
  message: "begin",
  refs: [{ name: `${collection}/heads/main`, before: null, after: commitId }],
  changes: [{ collection, path, target: null, artifact: "skill/pdf", before: null, after: entry }],
  undoes: null,
  group: null,
  details: {},
};

describe("ids, by hand", () => {
  test("of a blob", () => {
    expect(blobId(content)).toBe(`sha256:${blobHash.toString("hex")}`);
    inPage(blobHash);
  });

  test("of a node", () => {
    const encoded = encodeNode({ level: 0, files: [{ path: pathOf(path), entry }] });
    expect(Buffer.from(encoded.bytes).toString("hex")).toBe(node.toString("hex"));
    expect(encoded.id).toBe(`sha256:${nodeHash.toString("hex")}`);
    inPage(nodeHash);
  });

  test("of a commit, and its words", () => {
    const encoded = encodeCommit(fields, salt);
    expect(Buffer.from(encoded.bytes).toString("hex")).toBe(commit.toString("hex"));
    expect(encoded.id).toBe(`sha256:${commitHash.toString("hex")}`);
    expect(Buffer.from(encoded.words ?? []).toString("hex")).toBe(words.toString("hex"));
    inPage(messageHash);
    inPage(commitHash);
  });

  test("of an operation: its draft and its link", () => {
    const hashed = hashDraft(draft, hashOperationWords(draft, salt));
    expect(Buffer.from(hashed).toString("hex")).toBe(draftHash.toString("hex"));
    const link = linkOf(hashed, { at: committedAt, atUncertain: false, parents: [null] });
    expect(link).toBe(`sha256:${linkHash.toString("hex")}`);
    inPage(operationMessage);
    inPage(draftHash);
    inPage(linkHash);
  });
});

describe("rows, by hand", () => {
  let folder: string;
  let store: Store;
  let rows: (sql: string) => readonly Readonly<Record<string, SQLOutputValue>>[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "stet-format-"));
    const file = join(folder, "store.db");
    store = await openStore({
      file,
      clock: { now: () => committedAt },
      random: (count) => (count === 16 ? salt : new Uint8Array(count)),
      transport: "inline",
    });
    const { outcomes } = await store.write([
      {
        objects: [
          { kind: "blob", id: blob, bytes: content },
          { kind: "node", id: fields.snapshot, bytes: node },
          { kind: "commit", id: commitId, bytes: commit, words },
        ],
        operation: draft,
        openConflicts: [],
        settleConflicts: [],
        pins: [],
        unpins: [],
      },
    ]);
    expect(outcomes).toMatchObject([{ status: "done" }]);
    const database = new DatabaseSync(file, { readOnly: true });
    rows = (sql) => database.prepare(sql).all();
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("object: hash, kind, size, codec and bytes", () => {
    const objects = rows("SELECT n, hash, kind, size, codec, base, data FROM object ORDER BY n");
    const expected = [
      [blobHash, 0, content],
      [nodeHash, 1, node],
      [commitHash, 2, commit],
    ] as const;
    for (const [index, [hash, kind, raw]] of expected.entries()) {
      const row = objects[index] ?? {};
      expect([row.n, toHex(row.hash), row.kind, row.size, row.base]).toEqual([
        index + 1,
        hash.toString("hex"),
        kind,
        raw.length,
        null,
      ]);
      const data = cell(row.data);
      const stored = row.codec === 1 ? zstdDecompressSync(data) : data;
      expect(Buffer.from(stored).toString("hex")).toBe(raw.toString("hex"));
    }
  });

  test("commit_words: raw DEFLATE with the dictionary of the page", () => {
    const [row = {}] = rows("SELECT object, data FROM commit_words");
    expect(row.object).toBe(3);
    const dictionary = Buffer.from(
      "\x67removed\x65moved\x65addedcommand/agent/rule/ > " +
        "\x81\x82\x6bdescription\x67changed\x68sections\x80\x67changed\x82" +
        "stet-words-1\n\xa5\x64salt\x50\x67message\xf6\x68metadata\xa0\x6fbreakingChanges\x80\x6fstructuredDelta\x81\xa5" +
        "\x65files\x81\x82\x68SKILL.md\x67changed\x66change\x67changed" +
        "\x66fields\x80\x68artifact\x71skill/\x68sections\x81\x82\x77",
      "latin1",
    );
    expect(inflateRawSync(cell(row.data), { dictionary }).toString("hex")).toBe(words.toString("hex"));
  });

  test("operation: id in 13 bytes, time, actor, kind, link, body, words", () => {
    const [row = {}] = rows("SELECT * FROM operation");
    // 5 bits a letter: 0 is 00000, 1 is 00001, ... k is 10011; 100 bits, then four zero bits.
    const idCell = hex("00443214c74254b635cf84653 0");
    const textNumbers = rows("SELECT n, value FROM text ORDER BY n");
    expect(textNumbers.map(({ value }) => value)).toEqual([
      collection,
      `${collection}/heads/main`,
      "skill/pdf",
    ]);
    const body = list(
      list(hex("01")),
      list(nothing),
      list(list(hex("02"), nothing, hex("03"))),
      nothing,
      nothing,
      no,
    );
    expect([row.sequence, toHex(row.id), row.at, row.actor, row.kind]).toEqual([
      1,
      idCell.toString("hex"),
      committedAt,
      1,
      2,
    ]);
    expect(toHex(row.chain)).toBe(linkHash.toString("hex"));
    expect(toHex(row.body)).toBe(body.toString("hex"));
    const stored = list(bytes(salt), text("begin"), nothing, map({}));
    expect(toHex(row.words)).toBe(stored.toString("hex"));
    expect(toHex(rows("SELECT value FROM actor")[0]?.value)).toBe(actor.toString("hex"));
    expect(rows("SELECT collection, sequence FROM log")).toMatchObject([{ collection: 1, sequence: 1 }]);
  });

  test("place and change: small numbers", () => {
    expect(rows("SELECT * FROM place")).toMatchObject([
      { n: 1, collection: 1, path, target: 0, artifact: 3 },
    ]);
    expect(rows("SELECT * FROM change")).toMatchObject([
      { operation: 1, ordinal: 0, place: 1, before: null, before_mode: null, after: 1, after_mode: 0 },
    ]);
    expect(rows("SELECT * FROM ref")).toMatchObject([{ name: `${collection}/heads/main`, target: 3 }]);
  });

  test("every table and column of the store is on the page", () => {
    const tables = rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      expect(page, `table ${name}`).toContain(`\`${name}\``);
      for (const column of rows(`SELECT name FROM pragma_table_info('${name}')`)) {
        expect(page, `column ${name}.${column.name}`).toMatch(new RegExp(`\\b${column.name}\\b`));
      }
    }
    expect(rows("PRAGMA application_id")).toMatchObject([{ application_id: 0x73746574 }]);
    expect(rows("PRAGMA user_version")).toMatchObject([{ user_version: 1 }]);
  });

  test("object: a node is a splice into the one whose place it takes", async () => {
    const other = utf8("# DOC\n");
    const otherHash = sha256(other);
    const after = Buffer.concat([node.subarray(0, 38), otherHash, node.subarray(70)]);
    const id = parseHashId<NodeId>(`sha256:${sha256(after).toString("hex")}`) ?? missing();
    const otherId = parseHashId<BlobId>(`sha256:${otherHash.toString("hex")}`) ?? missing();
    const { outcomes } = await store.write([
      {
        objects: [
          { kind: "blob", id: otherId, bytes: other },
          { kind: "node", id, bytes: after, previous: fields.snapshot },
        ],
        operation: {
          ...draft,
          id: parseRandomId("operation", "op_00000000000000000002") ?? missing(),
          refs: [],
          changes: [],
        },
        openConflicts: [],
        settleConflicts: [],
        pins: [],
        unpins: [],
      },
    ]);
    expect(outcomes).toMatchObject([{ status: "done" }]);
    const [row = {}] = rows("SELECT size, codec, base, data FROM object WHERE n = 5");
    expect([row.size, row.codec, row.base]).toEqual([after.length, 4, 2]);
    const splice = Buffer.concat([hex("26 04"), otherHash]);
    expect(toHex(row.data)).toBe(splice.toString("hex"));
    const digits = otherHash.toString("hex");
    expect(page).toContain(`26 04 ${digits.slice(0, 4)}...${digits.slice(-4)}`);
    const [read] = await store.history.getMany([id]);
    expect(Buffer.from(read ?? []).toString("hex")).toBe(after.toString("hex"));
  });

  test("frames: what the page says of linked bytes reads them back", async () => {
    await store.maintenance?.compact({ spareOperations: 0 });
    const framed = rows("SELECT n, hash, kind, size, base, data FROM object WHERE codec = 3 ORDER BY n");
    expect(framed).toHaveLength(5);
    const hashes = framed.map((row) => cell(row.hash));
    for (const row of framed) {
      const [frame = {}] = rows(`SELECT size, data FROM frame WHERE n = ${Number(row.base)}`);
      const content = zstdDecompressSync(cell(frame.data));
      expect(content.length).toBe(frame.size);
      const offset = Number(row.data);
      const raw =
        row.kind === 0
          ? content.subarray(offset, offset + Number(row.size))
          : unlink(content, offset, (distance) => hashes[Number(row.n) - distance - 1] ?? missing());
      expect(sha256(raw).toString("hex")).toBe(toHex(row.hash));
    }
  });
});

/** Linked bytes, from the page: literal length, literal, link; 0 ends. */
function unlink(frame: Uint8Array, offset: number, hashAt: (distance: number) => Uint8Array): Buffer {
  let at = offset;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = frame[at++] ?? missing();
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  const parts: Uint8Array[] = [];
  for (;;) {
    const length = varint();
    parts.push(frame.subarray(at, at + length));
    at += length;
    const link = varint();
    if (link === 0) return Buffer.concat(parts);
    parts.push(hashAt(link % 2 === 1 ? (link - 1) / 2 : -link / 2));
  }
}

function inPage(hash: Uint8Array): void {
  expect(page).toContain(Buffer.from(hash).toString("hex"));
}

function cell(value: SQLOutputValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : missing();
}

function toHex(value: SQLOutputValue | undefined): string {
  return Buffer.from(cell(value)).toString("hex");
}

function missing(): never {
  throw new Error("not there");
}
