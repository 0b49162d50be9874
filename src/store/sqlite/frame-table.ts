import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Database } from "./database.ts";
import { unlinkBytes } from "./linked-bytes.ts";
import type { ObjectRow } from "./object-row.ts";
import { blob } from "./row.ts";

/**
 * Frames: many objects compressed as one, so that versions share what they have in common. A frame is never
 * changed, and its number never given again (AUTOINCREMENT): what is remembered of one stays true.
 */
const remembered = new WeakMap<Database, Map<number, Uint8Array>>();
const rememberedMax = 8;
/** More than any frame holds: content of one large object, or `frameBytesMax` of small ones. */
const frameBytesLimit = 512 * 1024 * 1024;

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
  const row = database.get("SELECT data FROM frame WHERE n = ?", n);
  if (row === undefined) return undefined;
  const bytes = zstdDecompressSync(blob(row, "data"), { maxOutputLength: frameBytesLimit });
  for (const oldest of frames.keys()) {
    if (frames.size < rememberedMax) break;
    frames.delete(oldest);
  }
  frames.set(n, bytes);
  return bytes;
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
