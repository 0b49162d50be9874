/**
 * Reads CBOR item by item, and only what has the shortest encoding (RFC 8949, section 4.2.1): what it accepts has
 * one encoding, so nothing has to be encoded again to know that it was canonical. It gives text as it is, a byte
 * order mark included, which cborg's decoder drops.
 * Every method throws a RangeError on anything else than it names, and at the end of the bytes.
 */
export class CanonicalReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #text: Buffer | undefined;
  #at = 0;

  constructor(bytes: Uint8Array) {
    // A Buffer's parts are Buffers again; what is read are plain bytes.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** An integer that is not negative. */
  count(): number {
    return this.#head(0, "count");
  }

  /** An integer below zero. */
  negative(): number {
    const value = -1 - this.#head(1, "negative integer");
    if (!Number.isSafeInteger(value)) throw new RangeError("a number beyond what is exact");
    return value;
  }

  /** Null, true or false. */
  simple(): null | boolean {
    const byte = this.#bytes[this.#at++];
    if (byte === 0xf6) return null;
    if (byte === 0xf4 || byte === 0xf5) return byte === 0xf5;
    throw new RangeError("a form of CBOR that is not used");
  }

  anyBytes(): Uint8Array {
    return this.#take(this.#head(2, "byte string"));
  }

  /** A byte string of exactly `length` bytes. */
  bytes(length: number): Uint8Array {
    if (this.#head(2, "byte string") !== length) throw new RangeError(`not ${length} bytes`);
    return this.#take(length);
  }

  text(): string {
    try {
      return decoder.decode(this.#take(this.#head(3, "text")));
    } catch (cause) {
      if (cause instanceof RangeError) throw cause;
      throw new RangeError("text that is not UTF-8", { cause });
    }
  }

  /** The number of items of a list, which follow. */
  list(): number {
    return this.#head(4, "list");
  }

  /** The number of entries of a map, which follow: key, value. */
  map(): number {
    return this.#head(5, "map");
  }

  /** A list of exactly `length` items, which follow. */
  tuple(length: number): void {
    if (this.list() !== length) throw new RangeError(`not a list of ${length} items`);
  }

  /** The major type of the item that comes next; that of simple values at the end of the bytes. */
  peekMajor(): number {
    return (this.#bytes[this.#at] ?? 0xff) >> 5;
  }

  /** The bytes of the item that comes next, a character for each, whether or not they are well-formed. */
  peekItem(): string {
    let at = this.#at;
    for (let items = 1; items > 0 && at < this.#bytes.length; items--) {
      const head = this.#bytes[at++] ?? 0;
      const major = head >> 5;
      let argument = head & 31;
      if (argument > 23) {
        const width = 1 << (argument - 24);
        if (width > 4 || at + width > this.#bytes.length) break;
        argument = this.#argument(width, at);
        at += width;
      }
      if (major === 2 || major === 3) at += argument;
      else if (major === 4) items += argument;
      else if (major === 5) items += 2 * argument;
    }
    this.#text ??= Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
    return this.#text.toString("latin1", this.#at, at);
  }

  /** Passes over that many bytes, which were read before. */
  pass(length: number): void {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError("it ends too early");
    this.#at = end;
  }

  get position(): number {
    return this.#at;
  }

  /** The bytes read since a position. */
  since(position: number): Uint8Array {
    return this.#bytes.subarray(position, this.#at);
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new RangeError("bytes after the end");
  }

  #head(major: number, what: string): number {
    const head = this.#bytes[this.#at++];
    if (head === undefined) throw new RangeError("it ends too early");
    const short = head & 31;
    if (head >> 5 !== major) throw new RangeError(`not a ${what}`);
    if (short < 24) return short;
    if (short > 27) throw new RangeError(`a ${what} without a length`);
    const width = 1 << (short - 24);
    const at = this.#at;
    this.pass(width);
    const value = this.#argument(width, at);
    if (value < (smallest[width] ?? 0)) throw new RangeError("a number longer than it needs to be");
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError("a number beyond what is exact");
    return value;
  }

  #argument(width: number, at: number): number {
    if (width === 1) return this.#view.getUint8(at);
    if (width === 2) return this.#view.getUint16(at);
    if (width === 4) return this.#view.getUint32(at);
    return this.#view.getUint32(at) * 0x1_0000_0000 + this.#view.getUint32(at + 4);
  }

  #take(length: number): Uint8Array {
    const from = this.#at;
    this.pass(length);
    return this.#bytes.subarray(from, this.#at);
  }
}

/** The least number that needs so many bytes. */
const smallest: Readonly<Record<number, number>> = { 1: 24, 2: 0x100, 4: 0x1_0000, 8: 0x1_0000_0000 };
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
