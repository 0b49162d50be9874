import { pushVarint, readVarint } from "./varint.ts";

/**
 * A node as what stands in the middle of the node that it takes the place of. A save changes a hash and a number in
 * each node from a leaf to the root: 40 bytes of a thousand, found by comparing both from either end.
 *
 * Layout: two varints, with how many bytes both begin and end with in common, and the bytes in between.
 */
export function spliceOf(bytes: Uint8Array, base: Uint8Array): Uint8Array {
  const shorter = Math.min(bytes.length, base.length);
  let prefix = 0;
  while (prefix < shorter && bytes[prefix] === base[prefix]) prefix++;
  let suffix = 0;
  while (suffix < shorter - prefix && bytes[bytes.length - 1 - suffix] === base[base.length - 1 - suffix]) {
    suffix++;
  }
  const head: number[] = [];
  pushVarint(head, prefix);
  pushVarint(head, suffix);
  const splice = new Uint8Array(head.length + bytes.length - prefix - suffix);
  splice.set(head);
  splice.set(bytes.subarray(prefix, bytes.length - suffix), head.length);
  return splice;
}

/** Restores bytes from their splice into `base`. Throws a RangeError where the two do not fit. */
export function applySplice(splice: Uint8Array, base: Uint8Array): Uint8Array {
  const cursor = { at: 0 };
  const prefix = readVarint(splice, cursor);
  const suffix = readVarint(splice, cursor);
  if (prefix + suffix > base.length) throw new RangeError("a splice of something longer");
  const middle = splice.subarray(cursor.at);
  const bytes = new Uint8Array(prefix + middle.length + suffix);
  bytes.set(base.subarray(0, prefix));
  bytes.set(middle, prefix);
  bytes.set(base.subarray(base.length - suffix), prefix + middle.length);
  return bytes;
}
