import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { limits } from "../../../domain/limits.ts";
import { archiveRefusal } from "./archive-refusal.ts";
import type { Unpacking } from "./unpacking.ts";

const unixMaker = 3;
const fileKinds = 0o170000;
const linkKind = 0o120000;
const regularKind = 0o100000;
const folderKind = 0o040000;
/** Of a local header without its name (APPNOTE 6.3.10, section 4.3.7). */
const localHeaderBytes = 30;

/**
 * Reads a zip by its directory. Throws where the directory and what it leads to disagree: entries that share bytes,
 * another name, another size, another checksum.
 */
export async function unpackZip(
  file: string,
  into: Unpacking,
  signal: AbortSignal | undefined,
): Promise<void> {
  const zip = await openPromise(file, { lazyEntries: true, strictFileNames: true, autoClose: false });
  try {
    if (zip.entryCount > limits.archiveEntriesMax) {
      throw archiveRefusal(
        "E-LIMIT",
        "",
        `The archive holds ${zip.entryCount} entries, at most ${limits.archiveEntriesMax} are taken.`,
      );
    }
    const places: { readonly start: number; readonly end: number }[] = [];
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      await checkLocalName(zip, entry);
      const start = entry.relativeOffsetOfLocalHeader;
      places.push({ start, end: start + localHeaderBytes + entry.compressedSize });
      await takeEntry(zip, entry, into, signal);
    }
    checkApart(places);
  } finally {
    zip.close();
  }
}

async function takeEntry(
  zip: ZipFile,
  entry: Entry,
  into: Unpacking,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { fileName: name, uncompressedSize: size } = entry;
  const attributes = entry.versionMadeBy >> 8 === unixMaker ? entry.externalFileAttributes >>> 16 : 0;
  const kind = attributes & fileKinds;
  if (name.endsWith("/") || kind === folderKind) return into.addFolder(name);
  if (kind !== 0 && kind !== regularKind && kind !== linkKind) {
    throw archiveRefusal(
      "E-PATH",
      name,
      "It is a device, pipe or socket, and only files, folders and links are taken.",
    );
  }
  if (entry.isEncrypted() || !entry.canDecodeFileData()) {
    throw archiveRefusal("E-UPSTREAM", name, "It is encrypted, or packed in a way that is not read here.");
  }
  const content = checked(zip, entry, signal);
  if (kind !== linkKind) return await into.addFile(name, attributes, size, content);
  if (size > limits.pathBytesMax) throw archiveRefusal("E-LIMIT", name, "The target of a link is too long.");
  const parts = await Array.fromAsync(content);
  into.addLink(name, new TextDecoder().decode(Buffer.concat(parts)));
}

/** The bytes, with their checksum compared at the end. yauzl itself compares sizes. */
async function* checked(
  zip: ZipFile,
  entry: Entry,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let sum = 0;
  const stream = await zip.openReadStreamPromise(entry);
  for await (const chunk of stream) {
    signal?.throwIfAborted();
    const bytes = new Uint8Array(chunk);
    sum = crc32(bytes, sum);
    yield bytes;
  }
  if (sum !== entry.crc32)
    throw archiveRefusal("E-UPSTREAM", entry.fileName, "Its checksum is another one than the archive says.");
}

async function checkLocalName(zip: ZipFile, entry: Entry): Promise<void> {
  const local = await zip.readLocalFileHeaderPromise(entry);
  if (local.fileName.equals(entry.fileNameRaw)) return;
  throw archiveRefusal(
    "E-PATH",
    entry.fileName,
    "The archive's directory and the file itself give it two names.",
  );
}

function checkApart(places: readonly { readonly start: number; readonly end: number }[]): void {
  const sorted = places.toSorted((one, other) => one.start - other.start);
  for (const [index, { start }] of sorted.entries()) {
    if (start < (sorted[index - 1]?.end ?? 0))
      throw archiveRefusal("E-PATH", "", "Files of the archive share bytes.");
  }
}
