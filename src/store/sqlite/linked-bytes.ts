import { pushVarint, readVarint } from "./varint.ts";

/**
 * Nodes and commits inside a frame. Their bytes are mostly ids of other objects, 32 bytes that no compression
 * shortens. Here an id of an object of the same store gives way to the distance between the two numbers, which is
 * small and, from version to version, the same.
 *
 * Layout: a run of parts, each a varint with the number of bytes that stand as they are, those bytes, and a
 * varint: 0 at the end, else 1 + the zigzag of (own number - number of the object whose 32 bytes stand here).
 */
const byteStringOf32 = [0x58, 0x20] as const;

/** Shortens bytes. `numberOf` gives the number of an object by its hash; undefined where there is none. */
export function linkBytes(
  bytes: Uint8Array,
  own: number,
  numberOf: (hash: Uint8Array) => number | undefined,
): Uint8Array {
  const parts: number[] = [];
  let start = 0;
  const literal = (end: number): void => {
    pushVarint(parts, end - start);
    for (let index = start; index < end; index++) parts.push(bytes[index] ?? 0);
  };
  for (let index = 0; index + 34 <= bytes.length; index++) {
    if (bytes[index] !== byteStringOf32[0] || bytes[index + 1] !== byteStringOf32[1]) continue;
    const n = numberOf(bytes.subarray(index + 2, index + 34));
    if (n === undefined) continue;
    literal(index + 2);
    const distance = own - n;
    pushVarint(parts, 1 + (distance >= 0 ? distance * 2 : -distance * 2 - 1));
    start = index + 34;
    index = start - 1;
  }
  literal(bytes.length);
  parts.push(0);
  return Uint8Array.from(parts);
}

/** Restores bytes that `linkBytes` shortened. Throws a RangeError on anything else. */
export function unlinkBytes(
  frame: Uint8Array,
  offset: number,
  own: number,
  size: number,
  hashOf: (n: number) => Uint8Array,
): Uint8Array {
  const bytes = new Uint8Array(size);
  const cursor = { at: offset };
  let length = 0;
  const put = (part: Uint8Array): void => {
    if (length + part.length > size) throw new RangeError("longer than its size");
    bytes.set(part, length);
    length += part.length;
  };
  for (;;) {
    const literal = readVarint(frame, cursor);
    put(frame.subarray(cursor.at, cursor.at + literal));
    cursor.at += literal;
    const link = readVarint(frame, cursor);
    if (link === 0) break;
    const zigzag = link - 1;
    put(hashOf(own - (zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2)));
  }
  if (length !== size) throw new RangeError("shorter than its size");
  return bytes;
}
