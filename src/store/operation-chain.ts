import type { FileEntry } from "../domain/files.ts";
import { type ChainHash, hashIdFromBytes, hashIdToBytes } from "../domain/ids.ts";
import type { Operation, OperationDraft, PathChange } from "../domain/operations.ts";
import { decodeCanonical, encodeCanonical } from "../snapshot/canonical-cbor.ts";
import { readBytes, readList, readMap, readText, readTextOrNull } from "../snapshot/canonical-reading.ts";
import type { CanonicalValue } from "../snapshot/canonical-value.ts";
import { hashBytes } from "../snapshot/hash.ts";
import { encodeActor } from "./actor-value.ts";

/**
 * The hash chain of operations, the same in every engine.
 *
 * Invariants:
 * - the link of an operation covers every field of it but its place in this store (`sequence`), and the link
 *   before it in each of its collections: a log that was changed, reordered or cut has other links;
 * - what does not depend on the lock (the draft) is hashed apart, so that under the lock only a few bytes are;
 * - free text enters as a salted hash: removing the words changes no link.
 */
const tags = {
  draft: Buffer.from("stet-operation-1\n"),
  link: Buffer.from("stet-link-1\n"),
  word: Buffer.from("stet-operation-word-1\n"),
} as const;

function hashOf(tag: keyof typeof tags, value: CanonicalValue): Uint8Array {
  return hashBytes(encodeCanonical(value, tags[tag]));
}

/** The free text of an operation. */
export type OperationWords = Pick<OperationDraft, "message" | "reason" | "details">;

/** What stands in the preimage for the words; null for an absent one. */
export interface OperationWordHashes {
  readonly message: Uint8Array | null;
  readonly reason: Uint8Array | null;
  readonly details: ReadonlyMap<string, Uint8Array>;
}

/** Hashes each piece under the salt (16 random bytes of this operation alone). */
export function hashOperationWords(words: OperationWords, salt: Uint8Array): OperationWordHashes {
  const piece = (name: readonly string[], value: string): Uint8Array => hashOf("word", [salt, name, value]);
  return {
    message: words.message === null ? null : piece(["message"], words.message),
    reason: words.reason === null ? null : piece(["reason"], words.reason),
    details: new Map(
      Object.entries(words.details).map(([key, value]) => [key, piece(["details", key], value)]),
    ),
  };
}

function entryValue(entry: FileEntry | null): CanonicalValue {
  return entry === null ? null : [hashIdToBytes(entry.blob), entry.mode, entry.size];
}

function changeValue(change: PathChange): CanonicalValue {
  const { collection, path, target, artifact, before, after } = change;
  return [collection, path, target, artifact, entryValue(before), entryValue(after)];
}

/** SHA-256 over all that the client says of an operation. Throws a RangeError where it has no canonical form. */
export function hashDraft(draft: OperationDraft, words: OperationWordHashes): Uint8Array {
  return hashOf(
    "draft",
    new Map<string, CanonicalValue>([
      ["id", draft.id],
      ["collections", draft.collections],
      ["actor", encodeActor(draft.actor)],
      ["kind", draft.kind],
      ["message", words.message],
      ["reason", words.reason],
      ["details", words.details],
      [
        "refs",
        draft.refs.map(({ name, before, after }) => [
          name,
          before === null ? null : hashIdToBytes(before),
          after === null ? null : hashIdToBytes(after),
        ]),
      ],
      ["changes", draft.changes.map(changeValue)],
      ["undoes", draft.undoes],
      ["group", draft.group],
    ]),
  );
}

/** The link of an operation: SHA-256 over its draft, its time and the links before it. */
export function linkOf(
  draft: Uint8Array,
  recorded: Pick<Operation, "at" | "atUncertain" | "parents">,
): ChainHash {
  const parents = recorded.parents.map((parent) => (parent === null ? null : hashIdToBytes(parent)));
  return hashIdFromBytes(hashOf("link", [draft, recorded.at, recorded.atUncertain, parents]));
}

/** The words as they are kept beside an operation; null where there are none. */
export function encodeOperationWords(words: OperationWords, salt: Uint8Array): Uint8Array | null {
  const details = new Map(Object.entries(words.details));
  if (words.message === null && words.reason === null && details.size === 0) return null;
  return encodeCanonical([salt, words.message, words.reason, details]);
}

/** What is kept in place of words that were forgotten: their hashes, so that the link can be checked still. */
export function encodeForgottenWords(hashes: OperationWordHashes): Uint8Array {
  return encodeCanonical(
    new Map<string, CanonicalValue>([
      ["message", hashes.message],
      ["reason", hashes.reason],
      ["details", hashes.details],
    ]),
  );
}

export interface StoredWords {
  readonly words: OperationWords;
  readonly hashes: () => OperationWordHashes;
  readonly forgotten: boolean;
}

const noWords: OperationWords = { message: null, reason: null, details: {} };

/** Reads the words of an operation, or what is left of them. Throws a RangeError on ill-formed bytes. */
export function decodeOperationWords(bytes: Uint8Array | null): StoredWords {
  if (bytes === null) {
    const none = { message: null, reason: null, details: new Map<string, Uint8Array>() };
    return { words: noWords, hashes: () => none, forgotten: false };
  }
  const value = decodeCanonical(bytes);
  if (value instanceof Map) {
    const hashes = {
      message: bytesOrNull(value.get("message")),
      reason: bytesOrNull(value.get("reason")),
      details: new Map([...readMap(value.get("details"))].map(([key, hash]) => [key, readBytes(hash)])),
    };
    return { words: noWords, hashes: () => hashes, forgotten: true };
  }
  const [salt, message, reason, details] = readList(value);
  const words: OperationWords = {
    message: readTextOrNull(message),
    reason: readTextOrNull(reason),
    details: Object.fromEntries([...readMap(details)].map(([key, text]) => [key, readText(text)])),
  };
  const bytesOfSalt = readBytes(salt);
  return { words, hashes: () => hashOperationWords(words, bytesOfSalt), forgotten: false };
}

function bytesOrNull(value: CanonicalValue | undefined): Uint8Array | null {
  return value === null ? null : readBytes(value);
}
