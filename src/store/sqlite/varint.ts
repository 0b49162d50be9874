/** Counts as a run of bytes: 7 bits a byte, lowest first, 0x80 set on all but the last. */

export function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

/** Reads a count and moves the cursor behind it. Throws a RangeError where there is none. */
export function readVarint(bytes: Uint8Array, cursor: { at: number }): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[cursor.at++];
    if (byte === undefined || scale > 2 ** 42) throw new RangeError("a number without an end");
    value += (byte % 128) * scale;
    if (byte < 128) return value;
  }
}
