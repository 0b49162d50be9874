const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hex digits of bytes, two a byte. */
export function hexOfBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += digits[byte];
  return text;
}

/** The value of each character code that is a hex digit, either case; -1 elsewhere. */
const digitValues = Int8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? -1 : value;
});

/** The bytes of an even number of hex digits. Throws a RangeError on anything else. */
export function bytesOfHex(hex: string): Uint8Array {
  if (hex.length % 2 !== 0) throw new RangeError("not hex digits");
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    const high = digitValues[hex.charCodeAt(index * 2)] ?? -1;
    const low = digitValues[hex.charCodeAt(index * 2 + 1)] ?? -1;
    if (high < 0 || low < 0) throw new RangeError("not hex digits");
    bytes[index] = (high << 4) | low;
  }
  return bytes;
}
