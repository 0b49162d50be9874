import { hashIdFromBytes, type ObjectId } from "../../domain/ids.ts";
import type { CompactRequest, CompactResult } from "../maintenance.ts";
import { codecs } from "./codec.ts";
import type { Database } from "./database.ts";
import { compressFrame, insertFrame } from "./frame-table.ts";
import { linkBytes } from "./linked-bytes.ts";
import type { ObjectRow } from "./object-row.ts";
import { findObject, objectByNumber, readObject } from "./object-table.ts";
import { integer } from "./row.ts";

/**
 * A reader of one object decompresses its whole frame: 128 KB take a tenth of a millisecond. Files are what is read
 * most. Nodes and commits shrink to a few KB a frame, of which a smaller one would leave half a page empty.
 */
const frameBytes = { blob: 128 * 1024, node: 256 * 1024, commit: 256 * 1024 } as const;
/** A larger object would fill a frame by itself. */
const framedBytesMax = 1024 * 1024;
/** Neither in a frame nor pruned. */
const isLoose = `codec NOT IN (${codecs.framed}, ${codecs.pruned})`;

interface Candidate {
  readonly row: ObjectRow;
  readonly bytes: Uint8Array;
}

/** What was done until the store was busy: the next attempt goes on from there and counts on. */
export interface CompactProgress {
  objects: number;
  frames: number;
  bytesBefore: number | null;
  /** The newest object to take. Found once: whoever saves all the while would keep each attempt from being the last. */
  last: number | null;
}

export function noProgress(): CompactProgress {
  return { objects: 0, frames: 0, bytesBefore: null, last: null };
}

/**
 * Repacks versions into shared frames.
 *
 * Invariants: an object is readable at every moment, before, during and after: its row changes from one stored
 * form to another in one transaction, and only if it is still in the form that was read; the write lock is held
 * for one frame at a time, and all compression happens outside it.
 */
export function compactStore(
  database: Database,
  request: CompactRequest,
  progress: CompactProgress,
): CompactResult {
  progress.bytesBefore ??= storeBytes(database);
  progress.last ??= lastNumberToTake(database, request.spareOperations);
  for (const group of groupsOf(database, progress.last, request.frameBytesMax)) {
    const moved = writeFrame(database, group);
    progress.objects += moved;
    if (moved > 0) progress.frames++;
  }
  database.execute("VACUUM");
  database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  const { objects, frames, bytesBefore } = progress;
  Object.assign(progress, noProgress());
  return { objects, frames, bytesBefore, bytesAfter: storeBytes(database) };
}

function storeBytes(database: Database): number {
  const pages = integer(database.get("PRAGMA page_count") ?? {}, "page_count");
  return pages * integer(database.get("PRAGMA page_size") ?? {}, "page_size");
}

/** The newest object that is older than everything the newest operations brought. */
function lastNumberToTake(database: Database, spareOperations: number): number {
  const row = database.get(
    "SELECT min(x) AS first FROM (SELECT min(after) AS x FROM change WHERE operation >" +
      " (SELECT coalesce(max(sequence), 0) FROM operation) - ?)",
    spareOperations,
  );
  if (row?.first != null && spareOperations > 0) return integer(row, "first") - 1;
  const all = database.get("SELECT coalesce(max(n), 0) AS last FROM object");
  return all === undefined ? 0 : integer(all, "last");
}

/** Objects in the order in which they compress best: blobs along the history of their path, then the others. */
function* groupsOf(
  database: Database,
  last: number,
  bytesMax: number | undefined,
): Generator<readonly Candidate[]> {
  const blobs = database.all(
    "SELECT DISTINCT n FROM (SELECT o.n AS n, place, operation FROM change JOIN object o ON o.n = change.after" +
      ` WHERE o.kind = 0 AND o.${isLoose} AND o.n <= ? ORDER BY place, operation)`,
    last,
  );
  const seen = new Set<number>();
  const numbers = blobs.map((row) => integer(row, "n")).filter((n) => !seen.has(n) && seen.add(n));
  const rest = database
    .all(`SELECT n FROM object WHERE ${isLoose} AND n <= ? ORDER BY kind, n`, last)
    .map((row) => integer(row, "n"))
    .filter((n) => !seen.has(n));
  let group: Candidate[] = [];
  let size = 0;
  for (const n of [...numbers, ...rest]) {
    const candidate = readCandidate(database, n);
    if (candidate === undefined) continue;
    const { kind } = candidate.row;
    const isOther = group[0] !== undefined && group[0].row.kind !== kind;
    const isFull = size + candidate.bytes.length > (bytesMax ?? frameBytes[kind]);
    if (group.length > 0 && (isOther || isFull)) {
      yield group;
      group = [];
      size = 0;
    }
    group.push(candidate);
    size += candidate.bytes.length;
  }
  if (group.length > 0) yield group;
}

function readCandidate(database: Database, n: number): Candidate | undefined {
  return database.read(() => {
    const row = objectByNumber(database, n);
    if (row === undefined || row.codec === codecs.framed || row.size > framedBytesMax) return undefined;
    const read = readObject(database, hashIdFromBytes<ObjectId>(row.hash));
    return read === undefined ? undefined : { row, bytes: read.bytes };
  });
}

/** Compresses a group outside the lock, and puts it in place of what is still as it was read. */
function writeFrame(database: Database, group: readonly Candidate[]): number {
  const parts: Uint8Array[] = [];
  const offsets: number[] = [];
  let length = 0;
  for (const { row, bytes } of group) {
    const numberOf = (hash: Uint8Array): number | undefined => findObject(database, hash)?.n;
    const part = row.kind === "blob" ? bytes : linkBytes(bytes, row.n, numberOf);
    offsets.push(length);
    parts.push(part);
    length += part.length;
  }
  const data = compressFrame(Buffer.concat(parts));
  return database.write(() => {
    const frame = insertFrame(database, length, data);
    let moved = 0;
    for (const [index, { row }] of group.entries()) {
      moved += database.run(
        "UPDATE object SET codec = ?, base = ?, data = ? WHERE n = ? AND kind = ? AND codec = ? AND base IS ?",
        codecs.framed,
        frame,
        offsets[index] ?? 0,
        row.n,
        objectKindCells[row.kind],
        row.codec,
        row.base,
      );
    }
    return moved;
  });
}

const objectKindCells = { blob: 0, node: 1, commit: 2 } as const;
