import type { ArtifactDelta } from "../domain/commits.ts";
import { decodeCanonical, encodeCanonical } from "./canonical-cbor.ts";
import {
  readBytes,
  readChoice,
  readList,
  readMap,
  readRecord,
  readText,
  readTextOrNull,
} from "./canonical-reading.ts";
import type { CanonicalValue } from "./canonical-value.ts";
import { hashBytes, tagBytes, untaggedBytes } from "./hash.ts";

/**
 * The free text of a commit, kept beside it. The commit holds a salted hash of each piece, so that `forget` can
 * remove the words while the commit's id stands; without the salt, which goes with them, a short text cannot be
 * found again by trying.
 */
export interface CommitWords {
  readonly message: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** They quote names and arguments out of the text. */
  readonly breakingChanges: readonly string[];
  readonly structuredDelta: readonly ArtifactDelta[];
}

/** What a commit holds in place of its words: 32 bytes for each piece, null for an absent one. */
export interface WordHashes {
  readonly message: Uint8Array | null;
  readonly metadata: ReadonlyMap<string, Uint8Array>;
  readonly breakingChanges: Uint8Array | null;
  readonly structuredDelta: Uint8Array | null;
}

/** Bytes of a salt: as many as make guessing hopeless. */
export const saltBytes = 16;

/** Whether there is nothing to keep beside the commit. */
export function isWordless(hashes: WordHashes): boolean {
  const { message, metadata, breakingChanges, structuredDelta } = hashes;
  return message === null && metadata.size === 0 && breakingChanges === null && structuredDelta === null;
}

/** Hashes of each piece under a salt. Each hash names its piece, so that none can stand for another. */
export function hashWords(words: CommitWords, salt: Uint8Array): WordHashes {
  const piece = (name: readonly string[], value: CanonicalValue): Uint8Array =>
    hashBytes(encodeCanonical([salt, name, value], tagBytes.words));
  const pieceOfList = (name: string, list: readonly CanonicalValue[]): Uint8Array | null =>
    list.length === 0 ? null : piece([name], list);
  return {
    message: words.message === null ? null : piece(["message"], words.message),
    metadata: new Map(
      Object.entries(words.metadata).map(([key, value]) => [key, piece(["metadata", key], value)]),
    ),
    breakingChanges: pieceOfList("breakingChanges", words.breakingChanges),
    structuredDelta: pieceOfList("structuredDelta", words.structuredDelta.map(deltaToCanonical)),
  };
}

/** The stored form of words and their salt. Throws a RangeError for text that is not well-formed. */
export function encodeWords(words: CommitWords, salt: Uint8Array): Uint8Array {
  return encodeCanonical(
    new Map<string, CanonicalValue>([
      ["salt", salt],
      ["message", words.message],
      ["metadata", new Map(Object.entries(words.metadata))],
      ["breakingChanges", words.breakingChanges],
      ["structuredDelta", words.structuredDelta.map(deltaToCanonical)],
    ]),
    tagBytes.words,
  );
}

/** Reads stored words and the salt they are hashed under. Throws a RangeError on ill-formed bytes. */
export function decodeWords(bytes: Uint8Array): { readonly words: CommitWords; readonly salt: Uint8Array } {
  const cbor = untaggedBytes("words", bytes);
  if (cbor === undefined) throw new RangeError("the words do not begin with their tag");
  const map = readRecord(decodeCanonical(cbor), [
    "salt",
    "message",
    "metadata",
    "breakingChanges",
    "structuredDelta",
  ]);
  const metadata = [...readMap(map.get("metadata"))].map(([key, value]) => [key, readText(value)] as const);
  return {
    salt: readBytes(map.get("salt")),
    words: {
      message: readTextOrNull(map.get("message")),
      metadata: Object.fromEntries(metadata),
      breakingChanges: readList(map.get("breakingChanges")).map(readText),
      structuredDelta: readList(map.get("structuredDelta")).map(deltaFromCanonical),
    },
  };
}

const kindsOfChange = ["added", "removed", "changed"] as const;
const kindsOfSectionChange = ["added", "removed", "changed", "moved"] as const;

function deltaToCanonical(delta: ArtifactDelta): CanonicalValue {
  return new Map<string, CanonicalValue>([
    ["artifact", delta.artifact],
    ["change", delta.change],
    ["fields", delta.fields.map((one) => [one.field, one.change])],
    ["sections", delta.sections.map((one) => [one.section, one.change])],
    ["files", delta.files.map((one) => [one.path, one.change])],
  ]);
}

function deltaFromCanonical(value: CanonicalValue): ArtifactDelta {
  const map = readRecord(value, ["artifact", "change", "fields", "sections", "files"]);
  const pairs = (key: string): readonly (readonly [string, CanonicalValue])[] =>
    readList(map.get(key)).map((pair) => {
      const [name, change, ...rest] = readList(pair);
      if (change === undefined || rest.length > 0) throw new RangeError("not a pair of name and change");
      return [readText(name), change];
    });
  return {
    artifact: readText(map.get("artifact")),
    change: readChoice(map.get("change"), kindsOfChange),
    fields: pairs("fields").map(([field, change]) => ({ field, change: readChoice(change, kindsOfChange) })),
    sections: pairs("sections").map(([section, change]) => ({
      section,
      change: readChoice(change, kindsOfSectionChange),
    })),
    files: pairs("files").map(([path, change]) => ({ path, change: readChoice(change, kindsOfChange) })),
  };
}
