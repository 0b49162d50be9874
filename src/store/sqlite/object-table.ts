import { type BlobId, hashIdFromBytes, hashIdToBytes, type ObjectId } from "../../domain/ids.ts";
import { damagedObject } from "../../snapshot/damage.ts";
import { hashBytes } from "../../snapshot/hash.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import { codecs, decompress, deltaDepthMax } from "./codec.ts";
import type { Database } from "./database.ts";
import { readFramed } from "./frame-table.ts";
import type { ObjectRow } from "./object-row.ts";
import { blob, blobOrNull, integer, integerOrNull, type Row } from "./row.ts";
import { applySplice } from "./splice.ts";

export const objectKinds = ["blob", "node", "commit"] as const satisfies readonly NewObject["kind"][];

const columns = "n, kind, size, codec, base";
const byHash = "WHERE substr(hash, 1, 5) = substr(?1, 1, 5) AND hash = ?1";
const findByHash = `SELECT ${columns} FROM object ${byHash}`;
const readByHash = `SELECT ${columns}, data FROM object ${byHash}`;

function objectRow(row: Row): ObjectRow {
  return {
    n: integer(row, "n"),
    kind: objectKinds[integer(row, "kind")] ?? "blob",
    size: integer(row, "size"),
    codec: integer(row, "codec"),
    base: integerOrNull(row, "base"),
  };
}

/** The row of an object; undefined where it never was in the store. A pruned one has its row still. */
export function findObject(database: Database, hash: Uint8Array): ObjectRow | undefined {
  const row = database.get(findByHash, hash);
  return row === undefined ? undefined : objectRow(row);
}

export function objectByNumber(
  database: Database,
  n: number,
): (ObjectRow & { hash: Uint8Array }) | undefined {
  const row = database.get(`SELECT ${columns}, hash FROM object WHERE n = ?`, n);
  return row === undefined ? undefined : { ...objectRow(row), hash: blob(row, "hash") };
}

export function isPresent(row: ObjectRow): boolean {
  return row.codec !== codecs.pruned;
}

/** An object's bytes, and how many deltas and splices were undone for them. */
export interface ReadObject {
  readonly bytes: Uint8Array;
  readonly depth: number;
}

/**
 * Reads an object and checks that its content matches its id (P3).
 * Undefined where it is absent or pruned; throws E-STORE-DAMAGED, naming it, where it is damaged.
 */
export function readObject(database: Database, id: ObjectId): ReadObject | undefined {
  const hash = hashIdToBytes(id);
  const row = database.get(readByHash, hash);
  if (row === undefined) return undefined;
  const found = objectRow(row);
  if (!isPresent(found)) return undefined;
  let read: ReadObject;
  try {
    read = decode(database, found, row, 0);
  } catch (cause) {
    throw damagedObject(found.kind, id, "it cannot be decoded", cause);
  }
  if (Buffer.compare(hashBytes(read.bytes), hash) !== 0) {
    throw damagedObject(found.kind, id, "its content has another hash");
  }
  return read;
}

function decode(database: Database, object: ObjectRow, row: Row, depth: number): ReadObject {
  // Twice the bound: a chain that gc or forget re-encoded may be longer for a moment, an endless one never.
  if (depth > 2 * deltaDepthMax) throw new RangeError("its deltas go in a circle");
  const data = object.codec === codecs.framed ? null : blobOrNull(row, "data");
  switch (object.codec) {
    case codecs.plain:
      if (data === null) break;
      return { bytes: data, depth: 0 };
    case codecs.zstd:
      if (data === null) break;
      return { bytes: decompress(data, object.size), depth: 0 };
    case codecs.framed: {
      const bytes = readFramed(database, object, integer(row, "data"));
      if (bytes === undefined) break;
      return { bytes, depth: 0 };
    }
    case codecs.delta:
    case codecs.spliced: {
      const next = database.get(`SELECT ${columns}, data FROM object WHERE n = ?`, object.base);
      if (next === undefined || data === null) break;
      const base = decode(database, objectRow(next), next, depth + 1);
      const bytes =
        object.codec === codecs.delta
          ? decompress(data, object.size, base.bytes)
          : applySplice(data, base.bytes);
      return { bytes, depth: base.depth + 1 };
    }
  }
  throw new RangeError(`its codec ${object.codec} does not fit its row`);
}

/** Ids of objects whose first bytes are between two prefixes, both of at most 32 bytes. */
export function objectsBetween(
  database: Database,
  from: Uint8Array,
  to: Uint8Array,
  limit: number,
): readonly { readonly kind: NewObject["kind"]; readonly id: ObjectId }[] {
  return database
    .all(
      "SELECT kind, hash FROM object WHERE substr(hash, 1, 5) BETWEEN substr(?1, 1, 5) AND substr(?2, 1, 5)" +
        " AND hash BETWEEN ?1 AND ?2 ORDER BY kind LIMIT ?3",
      from,
      to,
      limit,
    )
    .map((row) => ({
      kind: objectKinds[integer(row, "kind")] ?? "blob",
      id: hashIdFromBytes<BlobId>(blob(row, "hash")),
    }));
}
