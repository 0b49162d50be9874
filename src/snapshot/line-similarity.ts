/**
 * How much of two files is the same, from 0 to 1: the bytes in lines that both have, counted as often as both
 * have them, against the bytes of the longer file.
 */
export function lineSimilarity(one: Uint8Array, other: Uint8Array): number {
  const longer = Math.max(one.length, other.length);
  if (longer === 0) return 1;
  const counts = new Map<string, number>();
  for (const line of linesOf(one)) counts.set(line, (counts.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of linesOf(other)) {
    const left = counts.get(line) ?? 0;
    if (left === 0) continue;
    counts.set(line, left - 1);
    shared += line.length;
  }
  return shared / longer;
}

/** Lines with their ends, a byte to a character, so that any file can be compared. */
function linesOf(bytes: Uint8Array): readonly string[] {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString("latin1")
    .split(/(?<=\n)/);
}
