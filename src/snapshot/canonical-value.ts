/**
 * Deterministic CBOR (RFC 8949, section 4.2.1), one encoding for each value and one value for each encoding:
 * what cannot be written in one way only (floats, unsafe integers, ill-formed text, undefined) is refused when it is
 * written, and what is not byte for byte the encoding of its value is refused when it is read.
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
