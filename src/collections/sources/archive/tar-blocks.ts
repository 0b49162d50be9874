import { archiveRefusal } from "./archive-refusal.ts";

const blockBytes = 512;
const paxBytesMax = 1024 * 1024;

/**
 * Passes a tar stream on as it comes, and throws where it has no end or goes on behind it. Programs stop reading at
 * the first block of zeros (POSIX.1-2024, pax, "ustar Interchange Format": two of them end an archive); an entry
 * behind it is seen by some and not by others.
 */
export async function* untilTarEnd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const blocks = new TarBlocks();
  for await (const chunk of chunks) {
    blocks.take(chunk);
    yield chunk;
  }
  blocks.end();
}

/** Where in the stream headers stand: all that is needed to know its end. */
class TarBlocks {
  #header = new Uint8Array(blockBytes);
  #filled = 0;
  /** Bytes of content and padding that are still to come before the next header. */
  #content = 0;
  #pax: Uint8Array | null = null;
  #paxFilled = 0;
  #paxSize: number | null = null;
  #isEnded = false;

  take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#isEnded) {
        if (chunk.subarray(at).some((byte) => byte !== 0)) throw behindEnd();
        return;
      }
      if (this.#content > 0) at += this.#skip(chunk.subarray(at));
      else at += this.#fill(chunk.subarray(at));
    }
  }

  end(): void {
    if (this.#isEnded) return;
    throw archiveRefusal("E-UPSTREAM", "", "The archive is cut off: it has no end.");
  }

  #skip(rest: Uint8Array): number {
    const taken = Math.min(this.#content, rest.length);
    if (this.#pax !== null) {
      const wanted = rest.subarray(0, Math.min(taken, this.#pax.length - this.#paxFilled));
      this.#pax.set(wanted, this.#paxFilled);
      this.#paxFilled += wanted.length;
    }
    this.#content -= taken;
    if (this.#content === 0 && this.#pax !== null) {
      const size = /(?:^|\n)\d+ size=(\d+)\n/.exec(new TextDecoder("latin1").decode(this.#pax))?.[1];
      if (size !== undefined) this.#paxSize = Number(size);
      this.#pax = null;
    }
    return taken;
  }

  #fill(rest: Uint8Array): number {
    const taken = Math.min(blockBytes - this.#filled, rest.length);
    this.#header.set(rest.subarray(0, taken), this.#filled);
    this.#filled += taken;
    if (this.#filled === blockBytes) {
      this.#filled = 0;
      this.#readHeader();
    }
    return taken;
  }

  #readHeader(): void {
    const header = this.#header;
    if (header.every((byte) => byte === 0)) {
      this.#isEnded = true;
      return;
    }
    const type = String.fromCharCode(header[156] ?? 0);
    const own = numberAt(header, 124, 12);
    if (type === "x") {
      if (own > paxBytesMax) throw archiveRefusal("E-LIMIT", "", "A header of the archive is too large.");
      this.#pax = new Uint8Array(own);
      this.#paxFilled = 0;
    }
    // What describes the next entry has its own size; the size that pax gives is that entry's.
    const describes = "xgLK".includes(type);
    const size = describes ? own : (this.#paxSize ?? own);
    if (!describes) this.#paxSize = null;
    this.#content = type === "5" ? 0 : Math.ceil(size / blockBytes) * blockBytes;
  }
}

/** Octal digits, or a binary number where the first bit says so (GNU). */
function numberAt(header: Uint8Array, from: number, length: number): number {
  const field = header.subarray(from, from + length);
  if (((field[0] ?? 0) & 0x80) !== 0) return field.subarray(1).reduce((value, byte) => value * 256 + byte, 0);
  const digits = /[0-7]+/.exec(new TextDecoder("latin1").decode(field))?.[0];
  return digits === undefined ? 0 : Number.parseInt(digits, 8);
}

function behindEnd() {
  return archiveRefusal(
    "E-PATH",
    "",
    "Something stands behind the end of the archive, which programs read differently.",
  );
}
