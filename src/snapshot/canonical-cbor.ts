import { CanonicalReader } from "./canonical-reader.ts";
import type { CanonicalMap, CanonicalValue } from "./canonical-value.ts";
import { CanonicalWriter } from "./canonical-writer.ts";

const depthMax = 16;

const writer = new CanonicalWriter();
const nothing = new Uint8Array(0);

/** Encodes a value, behind `prefix` where one is given. Throws a RangeError for one without a canonical form. */
export function encodeCanonical(value: CanonicalValue, prefix: Uint8Array = nothing): Uint8Array {
  return writer.encode(value, prefix);
}

/**
 * Decodes bytes that are the canonical encoding of a value; maps come back as Map.
 * Throws a RangeError on anything else, whatever is wrong with it.
 */
export function decodeCanonical(bytes: Uint8Array): CanonicalValue {
  const reader = new CanonicalReader(bytes);
  const value = readValue(reader, 0);
  reader.end();
  return value;
}

function readValue(reader: CanonicalReader, depth: number): CanonicalValue {
  if (depth > depthMax) throw new RangeError(`nested deeper than ${depthMax}`);
  switch (reader.peekMajor()) {
    case 0:
      return reader.count();
    case 1:
      return reader.negative();
    case 2:
      return reader.anyBytes();
    case 3:
      return reader.text();
    case 4: {
      const items: CanonicalValue[] = [];
      for (let left = reader.list(); left > 0; left--) items.push(readValue(reader, depth + 1));
      return items;
    }
    case 5:
      return readMapEntries(reader, depth);
    default:
      return reader.simple();
  }
}

/** Keys ascend by the bytes of their encoding, which makes each of them the only one of its name. */
function readMapEntries(reader: CanonicalReader, depth: number): CanonicalMap {
  const map = new Map<string, CanonicalValue>();
  let before: Uint8Array | undefined;
  for (let left = reader.map(); left > 0; left--) {
    const from = reader.position;
    const key = reader.text();
    const encoded = reader.since(from);
    if (before !== undefined && compareBytes(before, encoded) >= 0) throw new RangeError("keys out of order");
    before = encoded;
    map.set(key, readValue(reader, depth + 1));
  }
  return map;
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index++) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** Whether two byte strings are equal. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
