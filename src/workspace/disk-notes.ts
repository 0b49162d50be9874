/**
 * What a disk answered when it was asked, kept so that the same questions can be asked again.
 *
 * Invariant: `decodeDiskNotes` gives back what `encodeDiskNotes` was given, or null: the bytes say of each part
 * how long it is, and all of them together have to be as long as that. So no question is ever left out.
 */
import type { FileStamp } from "../store/checkout-store.ts";
import type { Disk } from "./disk.ts";

export interface DiskNotes {
  /** Files, links and folders that were looked into, in the order of the look. */
  readonly stamped: readonly string[];
  /** Their stamps, in the same order. */
  readonly stamps: StampTable;
  /** Folders of which only the identity mattered, with that. */
  readonly folders: readonly (readonly [path: string, identity: string])[];
  readonly absent: readonly string[];
  /** Where names led; null where they led nowhere. */
  readonly realPaths: readonly (readonly [path: string, real: string | null])[];
}

const wideFields = 4;
const plainFields = 2;
const stampBytes = (wideFields + plainFields) * 8;

/** Stamps side by side: an object for each of ten thousand files costs more than asking for it. */
export class StampTable {
  readonly #wide: BigInt64Array;
  readonly #plain: Float64Array;

  constructor(buffer: ArrayBuffer) {
    const count = buffer.byteLength / stampBytes;
    this.#wide = new BigInt64Array(buffer, 0, count * wideFields);
    this.#plain = new Float64Array(buffer, count * wideFields * 8, count * plainFields);
  }

  static ofLength(count: number): StampTable {
    return new StampTable(new ArrayBuffer(count * stampBytes));
  }

  set(position: number, stamp: FileStamp): void {
    this.#wide[position * wideFields] = stamp.mtimeNs;
    this.#wide[position * wideFields + 1] = stamp.ctimeNs;
    this.#wide[position * wideFields + 2] = stamp.device;
    this.#wide[position * wideFields + 3] = stamp.inode;
    this.#plain[position * plainFields] = stamp.size;
    this.#plain[position * plainFields + 1] = stamp.mode;
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#wide.buffer);
  }

  equals(other: StampTable): boolean {
    return Buffer.compare(this.bytes, other.bytes) === 0;
  }
}

export function folderIdentityText({ device, inode }: Pick<FileStamp, "device" | "inode">): string {
  return `${device}:${inode}`;
}

/** Whether the disk answers every question as it did. What the system refuses to tell is another answer. */
export function stillHolds(notes: DiskNotes, disk: Disk): boolean {
  try {
    return (
      notes.realPaths.every(([path, real]) => disk.realPath(path) === real) &&
      notes.absent.every((path) => disk.lstat(path) === null) &&
      notes.folders.every(([path, identity]) => {
        const found = disk.lstat(path);
        return found?.kind === "folder" && folderIdentityText(found) === identity;
      }) &&
      stampsHold(notes, disk)
    );
  } catch {
    return false;
  }
}

function stampsHold({ stamped, stamps }: DiskNotes, disk: Disk): boolean {
  const now = StampTable.ofLength(stamped.length);
  for (const [position, path] of stamped.entries()) {
    const found = disk.lstat(path);
    if (found === null) return false;
    now.set(position, found);
  }
  return now.equals(stamps);
}

const separator = "\0";
const headBytes = 16;

/** The notes as bytes: the length of three parts, then these: the few as JSON, the paths, the stamps. */
export function encodeDiskNotes(notes: DiskNotes): Uint8Array {
  const { folders, absent, realPaths } = notes;
  const few = Buffer.from(JSON.stringify({ folders, absent, realPaths }));
  const paths = Buffer.from(notes.stamped.join(separator));
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(few.length, 0);
  head.writeUInt32LE(paths.length, 4);
  head.writeUInt32LE(notes.stamped.length, 8);
  return Buffer.concat([head, few, paths, notes.stamps.bytes]);
}

/** Null for bytes that are no notes, or not all of them. */
export function decodeDiskNotes(bytes: Uint8Array): DiskNotes | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length < headBytes) return null;
  const pathsAt = headBytes + buffer.readUInt32LE(0);
  const stampsAt = pathsAt + buffer.readUInt32LE(4);
  const count = buffer.readUInt32LE(8);
  if (buffer.length !== stampsAt + count * stampBytes) return null;
  const stamped = count === 0 ? [] : buffer.toString("utf8", pathsAt, stampsAt).split(separator);
  if (stamped.length !== count) return null;
  const few = readFew(buffer.toString("utf8", headBytes, pathsAt));
  // A copy, because an array of eight-byte numbers cannot begin anywhere.
  const stamps = new StampTable(new Uint8Array(buffer.subarray(stampsAt)).buffer);
  return few === null ? null : { stamped, stamps, ...few };
}

type Few = Pick<DiskNotes, "folders" | "absent" | "realPaths">;

function readFew(text: string): Few | null {
  try {
    const few: unknown = JSON.parse(text);
    return isFew(few) ? few : null;
  } catch {
    return null;
  }
}

function isFew(value: unknown): value is Few {
  if (typeof value !== "object" || value === null) return false;
  if (!("folders" in value && "absent" in value && "realPaths" in value)) return false;
  return [value.folders, value.absent, value.realPaths].every(Array.isArray);
}
