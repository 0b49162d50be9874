import type { ObjectId } from "../domain/ids.ts";
import type { CanonicalMap, CanonicalValue } from "./canonical-value.ts";

const depthMax = 16;
/** What is kept between two values: enough for nearly all, and no memory worth mentioning. */
const keptBytes = 16 * 1024;

/** The keys of records, written over and over: their bytes, and whether they are ASCII. */
interface EncodedKey {
  readonly bytes: Uint8Array;
  readonly isAscii: boolean;
}
const keptKeys = new Map<string, EncodedKey>();
const keptKeysMax = 256;

/**
 * Writes deterministic CBOR (RFC 8949, section 4.2.1), as a whole or item by item between `begin` and `finish`. One
 * buffer serves one value after the other; what is given back is a copy of just its length.
 * Every method throws a RangeError for what has no canonical form.
 */
export class CanonicalWriter {
  #bytes = Buffer.allocUnsafeSlow(keptBytes);
  #at = 0;

  /** The encoding of a value behind `prefix`. */
  encode(value: CanonicalValue, prefix: Uint8Array): Uint8Array {
    this.begin(prefix);
    this.#value(value, 0);
    return this.finish();
  }

  /** Begins a value, and gives up one that was not finished. */
  begin(prefix: Uint8Array): void {
    this.#at = 0;
    this.#raw(prefix);
  }

  finish(): Uint8Array {
    const encoded = new Uint8Array(this.#bytes.subarray(0, this.#at));
    if (this.#bytes.length > keptBytes) this.#bytes = Buffer.allocUnsafeSlow(keptBytes);
    return encoded;
  }

  /** The head of a list; its items follow. */
  list(length: number): void {
    this.#head(4, length);
  }

  integer(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new RangeError(`not an integer: ${value}`);
    if (value >= 0) this.#head(0, value);
    else this.#head(1, -1 - value);
  }

  text(value: string): void {
    if (!value.isWellFormed()) throw new RangeError("text with a lone surrogate has no UTF-8 form");
    const length = Buffer.byteLength(value);
    this.#head(3, length);
    this.#reserve(length);
    this.#at += this.#bytes.write(value, this.#at, "utf8");
  }

  /** The 32 bytes of an id, as a byte string. */
  hashId(id: ObjectId): void {
    this.#head(2, 32);
    this.#reserve(32);
    const written = this.#bytes.write(id.slice(7), this.#at, 32, "hex");
    if (written !== 32 || id.length !== 71) throw new RangeError(`not an object's id: ${id}`);
    this.#at += 32;
  }

  #value(value: CanonicalValue, depth: number): void {
    if (depth > depthMax) throw new RangeError(`nested deeper than ${depthMax}`);
    if (typeof value === "string") this.text(value);
    else if (typeof value === "number") this.integer(value);
    else if (value === null) this.#byte(0xf6);
    else if (typeof value === "boolean") this.#byte(value ? 0xf5 : 0xf4);
    else if (value instanceof Uint8Array) this.#anyBytes(value);
    else if (value instanceof Map) this.#map(value, depth);
    else if (Array.isArray(value)) {
      this.#head(4, value.length);
      for (const item of value) this.#value(item, depth + 1);
    } else throw new RangeError(`no canonical form for ${typeof value}`);
  }

  #anyBytes(value: Uint8Array): void {
    this.#head(2, value.length);
    this.#raw(value);
  }

  #raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Entries go in the order of their encoded keys: shorter heads are smaller, so shorter keys come first. */
  #map(map: CanonicalMap, depth: number): void {
    this.#head(5, map.size);
    const keyed = [...map].map(([key, value]) => ({ key, value, ...encodedKey(key) }));
    for (const { bytes, value } of keyed.sort(compareKeys)) {
      this.#head(3, bytes.length);
      this.#raw(bytes);
      this.#value(value, depth + 1);
    }
  }

  #head(major: number, value: number): void {
    this.#reserve(9);
    const kind = major << 5;
    const at = this.#at;
    if (value < 24) {
      this.#bytes[at] = kind | value;
      this.#at = at + 1;
    } else if (value < 0x100) {
      this.#bytes[at] = kind | 24;
      this.#bytes[at + 1] = value;
      this.#at = at + 2;
    } else if (value < 0x1_0000) {
      this.#bytes[at] = kind | 25;
      this.#at = this.#bytes.writeUInt16BE(value, at + 1);
    } else if (value < 0x1_0000_0000) {
      this.#bytes[at] = kind | 26;
      this.#at = this.#bytes.writeUInt32BE(value, at + 1);
    } else {
      this.#bytes[at] = kind | 27;
      const high = this.#bytes.writeUInt32BE(Math.floor(value / 0x1_0000_0000), at + 1);
      this.#at = this.#bytes.writeUInt32BE(value % 0x1_0000_0000, high);
    }
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#at++] = value;
  }

  #reserve(length: number): void {
    const needed = this.#at + length;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }
}

function encodedKey(key: string): EncodedKey {
  const kept = keptKeys.get(key);
  if (kept !== undefined) return kept;
  if (typeof key !== "string") throw new RangeError("a key that is not text");
  if (!key.isWellFormed()) throw new RangeError("text with a lone surrogate has no UTF-8 form");
  const bytes = Buffer.from(key);
  const encoded = { bytes, isAscii: bytes.length === key.length };
  if (keptKeys.size >= keptKeysMax) keptKeys.clear();
  keptKeys.set(key, encoded);
  return encoded;
}

function compareKeys(one: EncodedKey & { readonly key: string }, other: typeof one): number {
  const longer = one.bytes.length - other.bytes.length;
  if (longer !== 0) return longer;
  if (one.isAscii && other.isAscii) return one.key < other.key ? -1 : 1;
  return Buffer.compare(one.bytes, other.bytes);
}
