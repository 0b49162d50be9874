import { StetError } from "../../domain/errors.ts";
import type { ObjectId } from "../../domain/ids.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { type Coded, codecs, compress, compressAgainst, deltaDepthMax, spliceAgainst } from "./codec.ts";
import type { Database } from "./database.ts";
import { readObject } from "./object-table.ts";
import { recentNodes } from "./recent-nodes.ts";

/** How an object is stored, the object it rests on, and on how many that rests in turn. */
export interface EncodedObject extends Coded {
  readonly base: ObjectId | null;
  readonly depth: number;
}

/** The bytes of an object that comes, and on how many others it rests. */
export interface FreshObject {
  readonly bytes: Uint8Array;
  readonly depth: number;
}

/** What an encoding may draw on. */
export interface EncodingContext {
  readonly database: Database;
  /** What the batches before bring, unless they are refused. */
  readonly fresh: Map<ObjectId, FreshObject>;
  /** Whether small objects are made smaller now, or when the store is compacted. */
  readonly compresses: boolean;
}

/** Shorter nodes and commits are stored as they are: compressing them takes a tenth of the time of a save. */
const linkedBytesMin = 1024;
/** In a crowd, objects from this size on are compressed all the same. */
const crowdedBytesMin = 16 * 1024;

/**
 * Chooses how an object is stored: by what is new in it where it takes the place of another one and the chain is not
 * too deep, else by itself.
 */
export function encodeObject(
  { database, fresh, compresses }: EncodingContext,
  object: NewObject,
): EncodedObject {
  const alone = (): EncodedObject => encodeAlone(object, compresses);
  if (object.kind === "commit" || object.previous === undefined) return alone();
  if (!compresses && object.bytes.length < crowdedBytesMin) return alone();
  const { previous: id } = object;
  const previous = fresh.get(id) ?? recentNodes(database).recall(id) ?? readIntact(database, id);
  if (previous === undefined || previous.depth >= deltaDepthMax) return alone();
  const against = object.kind === "node" ? spliceAgainst : compressAgainst;
  const difference = against(object.bytes, previous.bytes);
  if (difference === null) return alone();
  const delta = { ...difference, base: id, depth: previous.depth + 1 };
  // So much shorter that compressing it alone cannot win: the second attempt is saved.
  if (difference.data.length * 8 < object.bytes.length) return delta;
  const plain = alone();
  return difference.data.length < plain.data.length ? delta : plain;
}

/** Stores an object so that it rests on no other. */
export function encodeAlone(object: NewObject, compresses = true): EncodedObject {
  // Half of a small node or commit is ids, which nothing shortens: that waits for `compact`, which links them.
  const compressedBytesMin = !compresses ? crowdedBytesMin : object.kind === "blob" ? 0 : linkedBytesMin;
  const coded =
    object.bytes.length < compressedBytesMin
      ? { codec: codecs.plain, data: object.bytes }
      : compress(object.bytes);
  return { ...coded, base: null, depth: 0 };
}

/** A damaged predecessor is no reason to refuse the new version: it is stored alone. */
function readIntact(database: Database, id: ObjectId): FreshObject | undefined {
  try {
    return readObject(database, id);
  } catch (error) {
    if (error instanceof StetError) return undefined;
    throw error;
  }
}
