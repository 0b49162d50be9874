import { constants, zstdCompressSync } from "node:zlib";
import { decompress } from "./codec.ts";
import type { Database } from "./database.ts";
import { unlinkBytes } from "./linked-bytes.ts";
import type { ObjectRow } from "./object-row.ts";
import { blob, integer } from "./row.ts";

/**
 * Frames: many objects compressed as one, so that versions share what they have in common. A frame is never
 * changed, and its number never given again (AUTOINCREMENT): what is remembered of one stays true.
 */
const remembered = new WeakMap<Database, Map<number, Uint8Array>>();
/** The content of frames that one connection remembers; at least the last one. */
const rememberedBytesMax = 8 * 1024 * 1024;

/** Bytes of a framed object at an offset of its frame; undefined where the frame is not there. */
export function readFramed(database: Database, object: ObjectRow, offset: number): Uint8Array | undefined {
  const frame = object.base === null ? undefined : frameBytes(database, object.base);
  if (frame === undefined) return undefined;
  if (object.kind === "blob") {
    // Copied, so that a small object does not hold its whole frame in memory.
    return new Uint8Array(frame.subarray(offset, offset + object.size));
  }
  return unlinkBytes(frame, offset, object.n, object.size, (n) => {
    const row = database.get("SELECT hash FROM object WHERE n = ?", n);
    if (row === undefined) throw new RangeError(`no object ${n}`);
    return blob(row, "hash");
  });
}

function frameBytes(database: Database, n: number): Uint8Array | undefined {
  const frames = remembered.get(database) ?? new Map<number, Uint8Array>();
  remembered.set(database, frames);
  const known = frames.get(n);
  if (known !== undefined) {
    frames.delete(n);
    frames.set(n, known);
    return known;
  }
  const row = database.get("SELECT size, data FROM frame WHERE n = ?", n);
  if (row === undefined) return undefined;
  const bytes = decompress(blob(row, "data"), integer(row, "size"));
  let size = bytes.length;
  for (const one of frames.values()) size += one.length;
  for (const [oldest, { length }] of frames) {
    if (size <= rememberedBytesMax) break;
    frames.delete(oldest);
    size -= length;
  }
  frames.set(n, bytes);
  return bytes;
}

/** Stores content as a frame and gives back its number. `data` is what `compressFrame` made of it. */
export function insertFrame(database: Database, size: number, data: Uint8Array): number {
  return database.insert("INSERT INTO frame (size, data) VALUES (?, ?)", size, data);
}

export function compressFrame(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, {
    params: {
      [constants.ZSTD_c_compressionLevel]: 19,
      [constants.ZSTD_c_contentSizeFlag]: 0,
      [constants.ZSTD_c_checksumFlag]: 0,
      [constants.ZSTD_c_enableLongDistanceMatching]: 1,
    },
  });
}
