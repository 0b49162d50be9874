import { type Disk, errorName } from "./disk.ts";

const signature = 0x44495243;
const hashBytesByFormat = { sha1: 20, sha256: 32 } as const;
const statBytes = 40;

/**
 * Paths below the top of a working tree that git has not merged yet: those with a stage in its index. An index
 * that cannot be read, or is of a version that is not known, tells of none: conflict markers still show.
 * Format: gitformat-index(5), versions 2 to 4.
 */
export function unmergedPaths(disk: Disk, gitFolder: string, headCommit: string | null): ReadonlySet<string> {
  try {
    const { bytes } = disk.read(`${gitFolder}/index`);
    return unmergedIn(bytes, hashBytesByFormat[headCommit?.length === 64 ? "sha256" : "sha1"]);
  } catch (error) {
    if (errorName(error) === undefined && !(error instanceof RangeError)) throw error;
    return new Set();
  }
}

/** Throws RangeError where the bytes end too soon. */
function unmergedIn(bytes: Uint8Array, hashBytes: number): ReadonlySet<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Set<string>();
  if (view.getUint32(0) !== signature) return found;
  const version = view.getUint32(4);
  if (version < 2 || version > 4) return found;
  let at = 12;
  let name: Uint8Array = new Uint8Array();
  for (let left = view.getUint32(8); left > 0; left--) {
    const flagsAt = at + statBytes + hashBytes;
    const flags = view.getUint16(flagsAt);
    const isExtended = version > 2 && (flags & 0x4000) !== 0;
    let nameAt = flagsAt + (isExtended ? 4 : 2);
    let kept = 0;
    if (version === 4) {
      const dropped = readOffset(view, nameAt);
      kept = name.length - dropped.value;
      nameAt = dropped.end;
    }
    const end = bytes.indexOf(0, nameAt);
    if (end < 0) throw new RangeError("git's index ends within a name");
    name = Buffer.concat([name.subarray(0, kept), bytes.subarray(nameAt, end)]);
    if ((flags & 0x3000) !== 0) found.add(new TextDecoder().decode(name));
    // Up to version 3 an entry is filled with one to eight zero bytes to a multiple of eight.
    at = version === 4 ? end + 1 : at + Math.floor((end - at) / 8 + 1) * 8;
  }
  return found;
}

/** The variable-length number of git's packs: each further byte counts from one. */
function readOffset(view: DataView, from: number): { readonly value: number; readonly end: number } {
  let at = from;
  let byte = view.getUint8(at);
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    at += 1;
    byte = view.getUint8(at);
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, end: at + 1 };
}
