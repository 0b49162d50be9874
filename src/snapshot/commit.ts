import { type CommitFields, versionBumps } from "../domain/commits.ts";
import { type CommitId, hashIdToBytes } from "../domain/ids.ts";
import { limits } from "../domain/limits.ts";
import { decodeCanonical, encodeCanonical, sameBytes } from "./canonical-cbor.ts";
import {
  readBytes,
  readChoice,
  readList,
  readMap,
  readObjectId,
  readRecord,
  readText,
  readTextOrNull,
} from "./canonical-reading.ts";
import type { CanonicalMap, CanonicalValue } from "./canonical-value.ts";
import {
  decodeWords,
  encodeWords,
  hashWords,
  isWordless,
  saltBytes,
  type WordHashes,
} from "./commit-words.ts";
import { damagedObject } from "./damage.ts";
import { objectId, tagBytes, untaggedBytes } from "./hash.ts";

/**
 * Invariants of a commit's preimage:
 * - it covers every field of CommitFields, absent ones as null: a signature over the id authenticates them all;
 * - equal fields under an equal salt give equal bytes;
 * - free text enters as a salted hash only: removing the words changes neither bytes nor id.
 */
const fieldNames = [
  "snapshot",
  "parents",
  "author",
  "agentId",
  "modelId",
  "toolchainId",
  "promptHash",
  "session",
  "message",
  "committedAt",
  "branch",
  "semVerBump",
  "breakingChanges",
  "metadata",
  "structuredDelta",
] as const satisfies readonly (keyof CommitFields)[];
/** A commit's stored form. `words` goes beside it and may be removed; null where there is no free text. */
export interface EncodedCommit {
  readonly id: CommitId;
  readonly bytes: Uint8Array;
  readonly words: Uint8Array | null;
}

/** `wordsForgotten`: the free text was removed; message is null, metadata values, breaking changes and structured delta empty. */
export interface DecodedCommit {
  readonly fields: CommitFields;
  readonly wordsForgotten: boolean;
}

/**
 * Encodes a commit. `salt` is at least 16 random bytes of this commit alone.
 * Throws a RangeError where a field has no canonical form (ill-formed text, a fraction), a parent is named twice,
 * there are too many of them, or the salt is short.
 */
export function encodeCommit(fields: CommitFields, salt: Uint8Array): EncodedCommit {
  if (salt.length < saltBytes) throw new RangeError(`a salt has at least ${saltBytes} bytes`);
  requirePlausible(fields);
  const hashes = hashWords(fields, salt);
  const bytes = encodeCanonical(preimage(fields, hashes), tagBytes.commit);
  return { id: objectId(bytes), bytes, words: isWordless(hashes) ? null : encodeWords(fields, salt) };
}

function requirePlausible(fields: CommitFields): void {
  if (fields.parents.length > limits.commitParentsMax) throw new RangeError("too many parents");
  if (new Set(fields.parents).size !== fields.parents.length) throw new RangeError("a parent named twice");
  if (!Number.isSafeInteger(fields.committedAt))
    throw new RangeError("a time that is not whole microseconds");
}

function preimage(fields: CommitFields, hashes: WordHashes): CanonicalMap {
  const values: Record<keyof CommitFields, CanonicalValue> = {
    snapshot: hashIdToBytes(fields.snapshot),
    parents: fields.parents.map(hashIdToBytes),
    author: new Map([
      ["name", fields.author.name],
      ["kind", fields.author.kind],
    ]),
    agentId: fields.agentId,
    modelId: fields.modelId,
    toolchainId: fields.toolchainId,
    promptHash: fields.promptHash,
    session: fields.session,
    message: hashes.message,
    committedAt: fields.committedAt,
    branch: fields.branch,
    semVerBump: fields.semVerBump,
    breakingChanges: hashes.breakingChanges,
    metadata: hashes.metadata,
    structuredDelta: hashes.structuredDelta,
  };
  return new Map(Object.entries(values));
}

/**
 * Reads a commit; `words` are its free text, null where there is none or it was forgotten.
 * Throws a StetError (E-STORE-DAMAGED) on bytes that are not a commit's, or words that are not this commit's.
 */
export function decodeCommit(bytes: Uint8Array, words: Uint8Array | null): DecodedCommit {
  try {
    const { wordless, hashes } = decodeWordless(bytes);
    if (words === null) {
      const forgotten = Object.fromEntries([...hashes.metadata.keys()].map((key) => [key, ""]));
      return { fields: { ...wordless, metadata: forgotten }, wordsForgotten: !isWordless(hashes) };
    }
    const read = decodeWords(words);
    requireSameHashes(hashes, hashWords(read.words, read.salt));
    return { fields: { ...wordless, ...read.words }, wordsForgotten: false };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw damagedObject("commit", objectId<CommitId>(bytes), cause.message, cause);
  }
}

function decodeWordless(bytes: Uint8Array): {
  readonly wordless: CommitFields;
  readonly hashes: WordHashes;
} {
  const cbor = untaggedBytes("commit", bytes);
  if (cbor === undefined) throw new RangeError("it does not begin with a commit's tag");
  const map = readRecord(decodeCanonical(cbor), fieldNames);
  const author = readRecord(map.get("author"), ["name", "kind"]);
  const committedAt = map.get("committedAt");
  if (typeof committedAt !== "number") throw new RangeError("the time is not a number");
  const bump = map.get("semVerBump");
  const wordless: CommitFields = {
    snapshot: readObjectId(map.get("snapshot")),
    parents: readList(map.get("parents")).map((parent) => readObjectId<CommitId>(parent)),
    author: { name: readText(author.get("name")), kind: readText(author.get("kind")) },
    agentId: readTextOrNull(map.get("agentId")),
    modelId: readTextOrNull(map.get("modelId")),
    toolchainId: readTextOrNull(map.get("toolchainId")),
    promptHash: readTextOrNull(map.get("promptHash")),
    session: readTextOrNull(map.get("session")),
    message: null,
    committedAt,
    branch: readText(map.get("branch")),
    semVerBump: bump === null ? null : readChoice(bump, versionBumps),
    breakingChanges: [],
    metadata: {},
    structuredDelta: [],
  };
  requirePlausible(wordless);
  return { wordless, hashes: readWordHashes(map) };
}

function readWordHashes(map: CanonicalMap): WordHashes {
  const digest = (value: CanonicalValue | undefined): Uint8Array => {
    const bytes = readBytes(value);
    if (bytes.length !== 32) throw new RangeError("a hash of words that has not 32 bytes");
    return bytes;
  };
  const digestOrNull = (name: string): Uint8Array | null => {
    const value = map.get(name);
    return value === null ? null : digest(value);
  };
  return {
    message: digestOrNull("message"),
    metadata: new Map([...readMap(map.get("metadata"))].map(([key, value]) => [key, digest(value)])),
    breakingChanges: digestOrNull("breakingChanges"),
    structuredDelta: digestOrNull("structuredDelta"),
  };
}

function requireSameHashes(kept: WordHashes, found: WordHashes): void {
  const flat = (hashes: WordHashes): Uint8Array =>
    encodeCanonical([hashes.message, hashes.metadata, hashes.breakingChanges, hashes.structuredDelta]);
  if (!sameBytes(flat(kept), flat(found))) {
    throw new RangeError("the words are not those that the commit was made with");
  }
}
