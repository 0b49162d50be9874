import { constants, type ZstdOptions, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { spliceOf } from "./splice.ts";

/**
 * How an object's bytes are stored (column `codec`). `delta` takes the bytes of the object in `base` as a zstd
 * dictionary (RFC 8878, raw content); `framed` lies with others in the frame `base`, at the offset in `data`;
 * `spliced` is a splice into the object in `base`.
 */
export const codecs = { plain: 0, zstd: 1, delta: 2, framed: 3, spliced: 4, pruned: 9 } as const;

/** A delta or splice rests on at most this many others before it: what a reader may have to undo. */
export const deltaDepthMax = 8;
/** Larger blobs are compressed by themselves: a dictionary has to fit into the window of both sides. */
const deltaBytesMax = 4 * 1024 * 1024;
/** What zlib takes for the size of its output buffers at least, and what one is to have at most. */
const chunkBytesMin = 64;
const chunkBytesMax = 4 * 1024 * 1024;
/** Shorter bytes gain nothing from compression. */
const compressedBytesMin = 64;

const options: ZstdOptions = {
  params: {
    [constants.ZSTD_c_compressionLevel]: 3,
    [constants.ZSTD_c_contentSizeFlag]: 0,
    [constants.ZSTD_c_checksumFlag]: 0,
    [constants.ZSTD_c_dictIDFlag]: 0,
  },
};

export interface Coded {
  readonly codec: number;
  readonly data: Uint8Array;
}

/** Compressed where that is shorter, else as it is. */
export function compress(bytes: Uint8Array): Coded {
  if (bytes.length >= compressedBytesMin) {
    const data = compressed(bytes, options);
    if (data.length < bytes.length) return { codec: codecs.zstd, data };
  }
  return { codec: codecs.plain, data: bytes };
}

/** A splice into `base`; null where it is no less than half of the bytes. */
export function spliceAgainst(bytes: Uint8Array, base: Uint8Array): Coded | null {
  const data = spliceOf(bytes, base);
  return data.length * 2 < bytes.length ? { codec: codecs.spliced, data } : null;
}

/** The difference to `dictionary`; null where the two do not lend themselves to it. */
export function compressAgainst(bytes: Uint8Array, dictionary: Uint8Array): Coded | null {
  if (bytes.length < compressedBytesMin || bytes.length > deltaBytesMax) return null;
  if (dictionary.length < compressedBytesMin || dictionary.length > deltaBytesMax) return null;
  if (looksTrained(dictionary)) return null;
  return { codec: codecs.delta, data: compressed(bytes, { ...options, dictionary }) };
}

/**
 * What zlib gives back lies in a buffer of 16 KB at least: held as it is, an import of small files is held ten times.
 * Told the size beforehand, zstd makes its tables for that and no larger: most of the time went into clearing them.
 */
function compressed(bytes: Uint8Array, how: ZstdOptions): Uint8Array {
  const chunkSize = Math.min(Math.max(bytes.length, chunkBytesMin), chunkBytesMax);
  return new Uint8Array(zstdCompressSync(bytes, { ...how, pledgedSrcSize: bytes.length, chunkSize }));
}

/** zstd would read a file that begins with this magic number as a trained dictionary, and fail. */
function looksTrained(bytes: Uint8Array): boolean {
  return bytes[0] === 0x37 && bytes[1] === 0xa4 && bytes[2] === 0x30 && bytes[3] === 0xec;
}

export function decompress(data: Uint8Array, size: number, dictionary?: Uint8Array): Uint8Array {
  // One buffer of just that size in place of one of 16 KB.
  const chunkSize = Math.min(Math.max(size, chunkBytesMin), chunkBytesMax);
  const limit = { maxOutputLength: Math.max(size, 1), chunkSize };
  const bytes = zstdDecompressSync(data, dictionary === undefined ? limit : { ...limit, dictionary });
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
