import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type Extract, extract, type Header } from "tar-stream";
import { archiveRefusal } from "./archive-refusal.ts";
import { untilTarEnd } from "./tar-blocks.ts";
import type { Unpacking } from "./unpacking.ts";

/** Reads a tar file, packed by gzip or not, entry by entry. Throws at the first that cannot be trusted. */
export async function unpackTar(
  file: string,
  isGzip: boolean,
  into: Unpacking,
  signal: AbortSignal | undefined,
): Promise<void> {
  const reader = extract();
  let entry: Promise<unknown> = Promise.resolve();
  reader.on("entry", (header, content, next) => {
    entry = takeEntry(header, content, into).then(() => content.resume());
    entry.then(() => next(), next);
  });
  const packed = createReadStream(file);
  const feed = (chunks: AsyncIterable<Uint8Array>) => feedReader(reader, chunks);
  const options = signal === undefined ? {} : { signal };
  try {
    if (isGzip) await pipeline(packed, createGunzip(), untilTarEnd, feed, options);
    else await pipeline(packed, untilTarEnd, feed, options);
  } catch (error) {
    // An entry that was refused ends the streams, which then tell of nothing but their end.
    await entry;
    throw error;
  }
}

/** Writes all chunks and waits until every entry is taken; throws what the reader or an entry failed with. */
async function feedReader(reader: Extract, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let failure: unknown = null;
  let wake = () => {};
  reader.on("error", (error) => {
    failure = error;
  });
  const closed = new Promise<void>((resolve) => reader.on("close", resolve));
  reader.on("drain", () => wake());
  try {
    for await (const chunk of chunks) {
      if (reader.destroyed || reader.destroying) break;
      const drained = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (!reader.write(chunk)) await Promise.race([drained, closed]);
    }
    reader.end(null);
    await closed;
  } finally {
    reader.destroy();
  }
  if (failure !== null) throw failure;
}

async function takeEntry(
  { name, type, mode, size, linkname }: Header,
  content: AsyncIterable<unknown>,
  into: Unpacking,
): Promise<void> {
  switch (type) {
    case "file":
    case "contiguous-file":
      return await into.addFile(name, mode, size, bytesOf(content));
    case "directory":
      return into.addFolder(name);
    case "symlink":
      return into.addLink(name, linkname);
    case "link":
      return into.addSame(name, linkname);
    default: {
      const kind: unknown = type;
      throw archiveRefusal(
        "E-PATH",
        name,
        `It is a ${String(kind)}, and only files, folders and links are taken.`,
      );
    }
  }
}

async function* bytesOf(content: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) if (chunk instanceof Uint8Array) yield chunk;
}
