/**
 * Identifiers. An object's id is `sha256:` and 64 lower-case hex digits; every other id is a short
 * prefix, an underscore and random letters of Crockford's base 32 (no i, l, o, u), chosen by the client.
 */
import { bytesOfHex, hexOfBytes } from "./hex.ts";

declare const brand: unique symbol;
type Branded<Text extends string, Name extends string> = Text & { readonly [brand]: Name };

/** SHA-256 of the raw bytes: `sha256sum file` prints the same digits. */
export type BlobId = Branded<string, "blob">;
/** Id of one node of a snapshot tree. */
export type NodeId = Branded<string, "node">;
/** Id of a snapshot: that of the tree's root node. Also the version of an artifact. */
export type SnapshotId = NodeId;
export type CommitId = Branded<string, "commit">;
export type ObjectId = BlobId | NodeId | CommitId;
/** Link of a collection's operation log: SHA-256 over the operation and the links before it. */
export type ChainHash = Branded<string, "chain">;

export type OperationId = Branded<string, "operation">;
export type ConflictId = Branded<string, "conflict">;
export type CollectionId = Branded<string, "collection">;
export type CheckoutId = Branded<string, "checkout">;
export type PlanId = Branded<string, "plan">;

const hashPattern = /^sha256:[0-9a-f]{64}$/;
const randomPattern = /^(op|cf|co|wc|pl)_[0-9a-hjkmnp-tv-z]{20}$/;
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

export const randomIdPrefixes = {
  operation: "op",
  conflict: "cf",
  collection: "co",
  checkout: "wc",
  plan: "pl",
} as const;
type RandomIds = {
  operation: OperationId;
  conflict: ConflictId;
  collection: CollectionId;
  checkout: CheckoutId;
  plan: PlanId;
};

/** Whether `text` is a well-formed hash id, of whatever type of object. */
export function isHashId(text: string): text is ObjectId & ChainHash {
  return hashPattern.test(text);
}

/** Reads a hash id from outside; undefined where it is not one. */
export function parseHashId<Id extends ObjectId | ChainHash>(text: string): Id | undefined {
  return hashPattern.test(text) ? (text as Id) : undefined;
}

/** Puts 32 bytes into the textual form of an id. Throws a RangeError on any other length. */
export function hashIdFromBytes<Id extends ObjectId | ChainHash>(digest: Uint8Array): Id {
  if (digest.length !== 32) throw new RangeError(`a digest has 32 bytes, not ${digest.length}`);
  return `sha256:${hexOfBytes(digest)}` as Id;
}

/** Puts the 64 lower-case hex digits of a digest into the textual form of an id. Throws a RangeError on any other text. */
export function hashIdFromHex<Id extends ObjectId | ChainHash>(digits: string): Id {
  const id = parseHashId<Id>(`sha256:${digits}`);
  if (id === undefined) throw new RangeError("not the digits of a digest");
  return id;
}

/** The 32 bytes of an id. */
export function hashIdToBytes(id: ObjectId | ChainHash): Uint8Array {
  return bytesOfHex(id.slice(7));
}

/**
 * Makes an id from 20 bytes of randomness (100 bits are used).
 * The caller brings the bytes, so that a seeded simulation can too.
 */
export function randomId<Kind extends keyof RandomIds>(kind: Kind, random: Uint8Array): RandomIds[Kind] {
  if (random.length < 20) throw new RangeError("an id needs 20 random bytes");
  let letters = "";
  for (const byte of random.subarray(0, 20)) letters += alphabet[byte & 31];
  return `${randomIdPrefixes[kind]}_${letters}` as RandomIds[Kind];
}

/** Reads a random id of the given kind from outside; undefined where it is not one. */
export function parseRandomId<Kind extends keyof RandomIds>(
  kind: Kind,
  text: string,
): RandomIds[Kind] | undefined {
  if (!randomPattern.test(text) || !text.startsWith(`${randomIdPrefixes[kind]}_`)) return undefined;
  return text as RandomIds[Kind];
}
