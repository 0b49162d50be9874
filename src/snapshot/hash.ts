import { hash } from "node:crypto";
import { type BlobId, hashIdFromHex, type ObjectId } from "../domain/ids.ts";

/**
 * Invariant: the id of every object is the SHA-256 of its bytes as they are stored, whatever its type. A blob's
 * bytes are the file's; those of every other object begin with a tag that names its type and format. So a file
 * that happens to hold the bytes of a node has the node's id *and* its bytes, and neither can stand for the other
 * wrongly.
 */

/** What is hashed beside files. The digit is the version of the format. */
export const objectTags = {
  node: "stet-node-1\n",
  commit: "stet-commit-1\n",
  words: "stet-words-1\n",
  operation: "stet-operation-1\n",
} as const;
export type ObjectTag = keyof typeof objectTags;

/** The tags as they stand before the CBOR. */
export const tagBytes: Readonly<Record<ObjectTag, Uint8Array>> = {
  node: new TextEncoder().encode(objectTags.node),
  commit: new TextEncoder().encode(objectTags.commit),
  words: new TextEncoder().encode(objectTags.words),
  operation: new TextEncoder().encode(objectTags.operation),
};

/** SHA-256 (FIPS 180-4) of bytes: 32 bytes. */
export function hashBytes(bytes: Uint8Array): Uint8Array {
  const digest = hash("sha256", bytes, "buffer");
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
}

/** The id of a file's bytes. */
export function blobId(bytes: Uint8Array): BlobId {
  return objectId(bytes);
}

/** The id of an object from its stored bytes, tag included; it holds for blobs, nodes and commits alike. */
export function objectId<Id extends ObjectId>(bytes: Uint8Array): Id {
  return hashIdFromHex(hash("sha256", bytes, "hex"));
}

/** The CBOR behind the tag; undefined where the bytes do not begin with that tag. */
export function untaggedBytes(tag: ObjectTag, bytes: Uint8Array): Uint8Array | undefined {
  const prefix = tagBytes[tag];
  if (bytes.length < prefix.length) return undefined;
  for (let index = 0; index < prefix.length; index++) if (bytes[index] !== prefix[index]) return undefined;
  return bytes.subarray(prefix.length);
}
