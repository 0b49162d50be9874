import { StetError } from "../../domain/errors.ts";
import { hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import { objectId } from "../../snapshot/hash.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { type ExpectedReference, expectedReferences } from "../expected-references.ts";
import type { WriteBatch } from "../history-store.ts";
import { encodeOperationWords, hashDraft, hashOperationWords } from "../operation-chain.ts";
import { refusalOf } from "../refusal.ts";
import { type EncodedObject, type EncodingContext, encodeObject } from "./encode-object.ts";
import type { KnownObjects } from "./known-objects.ts";
import { findObject, isPresent } from "./object-table.ts";

/**
 * What can be done for a write before the lock is taken: hash, compress, find references.
 *
 * Invariant that makes it worth something: a row of `object` is never removed nor renumbered, only emptied
 * (pruned). So whatever was found outside the lock is there inside it; what was not found is looked for again, unless nobody
 * has written in between.
 */
export interface PreparedBatch {
  readonly batch: WriteBatch;
  readonly objects: readonly PreparedObject[];
  readonly draft: Uint8Array;
  readonly words: Uint8Array | null;
}

export interface PreparedObject {
  readonly object: NewObject;
  readonly references: readonly ExpectedReference[];
  /** Whether it has no row at all: then neither has it under the lock, if nobody wrote meanwhile. */
  readonly isNew: boolean;
  /** Null where the object was there already. */
  readonly coded: EncodedObject | null;
}

/** Batches that go into one transaction, prepared one after the other. */
export interface Preparation extends EncodingContext {
  readonly known: KnownObjects;
}

/** Prepares a batch, or says why it can never be stored. `salt` is 16 random bytes for its words. */
export function prepareBatch(
  preparation: Preparation,
  batch: WriteBatch,
  salt: Uint8Array,
): PreparedBatch | { readonly refused: string } {
  const refused = refusalOf(batch);
  if (refused !== null) return { refused };
  try {
    const hashes = hashOperationWords(batch.operation, salt);
    const draft = hashDraft(batch.operation, hashes);
    const words = encodeOperationWords(batch.operation, salt);
    const objects = prepareObjects(preparation, batch.objects);
    for (const id of referredTo(batch)) lookFor(preparation, id);
    return { batch, objects, draft, words };
  } catch (error) {
    // What comes in is malformed: ill-formed text, or bytes that are not the object they are said to be.
    if (error instanceof RangeError) return { refused: error.message };
    throw error;
  }
}

/** Bytes that are not the object that they are said to be. */
class MalformedObject extends RangeError {}

/** Hashes and compresses objects. Throws a RangeError where one is not what its id says. */
export function prepareObjects(
  preparation: Preparation,
  objects: readonly NewObject[],
): readonly PreparedObject[] {
  const { database, known, fresh } = preparation;
  return objects.map((object): PreparedObject => {
    requireOwnId(object);
    const references = referencesIn(object);
    for (const { id } of references) lookFor(preparation, id);
    if (fresh.has(object.id)) return { object, references, isNew: true, coded: null };
    const row = findObject(database, hashIdToBytes(object.id));
    if (row !== undefined) known.remember(object.id, row);
    if (row !== undefined && isPresent(row)) return { object, references, isNew: false, coded: null };
    const coded = encodeObject(preparation, object);
    fresh.set(object.id, { bytes: object.bytes, depth: coded.depth });
    return { object, references, isNew: row === undefined, coded };
  });
}

/** Found here, it is remembered: the write lock is not held for looking it up. */
function lookFor({ known, fresh }: Preparation, id: ObjectId): void {
  if (!fresh.has(id)) known.find(id);
}

function requireOwnId(object: NewObject): void {
  if (object.bytes.length > limits.blobBytesMax) {
    throw new MalformedObject(`${object.id} is larger than ${limits.blobBytesMax} bytes`);
  }
  const found = objectId(object.bytes);
  if (found !== object.id) throw new MalformedObject(`${object.id} has content that hashes to ${found}`);
}

function referencesIn(object: NewObject): readonly ExpectedReference[] {
  try {
    return expectedReferences(object);
  } catch (error) {
    if (!(error instanceof StetError)) throw error;
    throw new MalformedObject(`${object.kind} ${object.id}: ${error.why}`, { cause: error });
  }
}

/** Everything that a batch refers to beside its objects. */
function referredTo(batch: WriteBatch): readonly ObjectId[] {
  const ids = new Set<ObjectId>();
  for (const { after } of batch.operation.refs) if (after !== null) ids.add(after);
  for (const { before, after } of batch.operation.changes) {
    if (before !== null) ids.add(before.blob);
    if (after !== null) ids.add(after.blob);
  }
  for (const { base, yours, theirs } of batch.openConflicts) {
    for (const entry of [base, yours, theirs]) if (entry !== null) ids.add(entry.blob);
  }
  for (const { commit } of batch.pins) ids.add(commit);
  return [...ids];
}
