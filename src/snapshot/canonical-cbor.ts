import { decode, encode, rfc8949EncodeOptions } from "cborg";

/**
 * Deterministic CBOR (RFC 8949, section 4.2.1), one encoding for each value and one value for each encoding:
 * what cannot be written in one way only (floats, unsafe integers, ill-formed text, undefined) is refused before
 * it is encoded, and what is not byte for byte the encoding of its value is refused when it is read.
 */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly CanonicalValue[]
  | CanonicalMap;
export interface CanonicalMap extends ReadonlyMap<string, CanonicalValue> {}

const depthMax = 16;

function requireCanonical(value: CanonicalValue, depth: number): void {
  if (depth > depthMax) throw new RangeError(`nested deeper than ${depthMax}`);
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new RangeError("text with a lone surrogate has no UTF-8 form");
  } else if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new RangeError(`not an integer: ${value}`);
  } else if (Array.isArray(value)) {
    for (const item of value) requireCanonical(item, depth + 1);
  } else if (value instanceof Map) {
    for (const [key, item] of value) {
      if (typeof key !== "string") throw new RangeError("a key that is not text");
      requireCanonical(key, depth + 1);
      requireCanonical(item, depth + 1);
    }
  } else if (value !== null && typeof value !== "boolean" && !(value instanceof Uint8Array)) {
    throw new RangeError(`no canonical form for ${typeof value}`);
  }
}

/** Encodes a value. Throws a RangeError for one without a canonical form. */
export function encodeCanonical(value: CanonicalValue): Uint8Array {
  requireCanonical(value, 0);
  return encode(value, rfc8949EncodeOptions);
}

/**
 * Decodes bytes that are the canonical encoding of a value; maps come back as Map.
 * Throws a RangeError on anything else, whatever is wrong with it.
 */
export function decodeCanonical(bytes: Uint8Array): CanonicalValue {
  let value: CanonicalValue;
  let again: Uint8Array;
  try {
    value = decode(bytes, strictly);
    again = encodeCanonical(value);
  } catch (cause) {
    throw new RangeError(`not canonical CBOR: ${cause instanceof Error ? cause.message : "unreadable"}`, {
      cause,
    });
  }
  if (!sameBytes(bytes, again)) throw new RangeError("not the canonical encoding of its value");
  return value;
}

const strictly = {
  strict: true,
  useMaps: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
} as const;

/** Whether two byte strings are equal. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
