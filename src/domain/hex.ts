const digitCodes = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
/** Codes that one call can take as arguments, on every stack. */
const codesAtOnce = 4096;

/** Lower-case hex digits of bytes, two a byte. */
export function hexOfBytes(bytes: Uint8Array): string {
  const codes = new Array<number>(bytes.length * 2);
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    codes[index * 2] = digitCodes[byte >> 4] ?? 0;
    codes[index * 2 + 1] = digitCodes[byte & 15] ?? 0;
  }
  // Not by adding up: a text of 32 parts takes 1 KB until it is looked at, and ids are made by the ten thousand.
  if (codes.length <= codesAtOnce) return String.fromCharCode.apply(null, codes);
  let text = "";
  for (let from = 0; from < codes.length; from += codesAtOnce) {
    text += String.fromCharCode.apply(null, codes.slice(from, from + codesAtOnce));
  }
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
