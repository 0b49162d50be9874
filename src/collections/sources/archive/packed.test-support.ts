/** Archives as honest and dishonest packers make them. */
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";

export type TarEntry = Partial<Header> & { readonly name: string; readonly text?: string };

export async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const packed = pack();
  for (const { text = "", ...header } of entries) packed.entry({ ...header }, Buffer.from(text));
  packed.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of packed) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function tarGzOf(entries: readonly TarEntry[]): Promise<Buffer> {
  return gzipSync(await tarOf(entries));
}

export interface ZipEntry {
  readonly name: string;
  readonly text?: string;
  readonly mode?: number;
  /** What the directory says where it is not the truth. */
  readonly said?: {
    readonly size?: number;
    readonly sum?: number;
    readonly name?: string;
    readonly offset?: number;
  };
}

/** A zip of deflated entries, made by a Unix system (APPNOTE 6.3.10, section 4.3). */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text = "", mode = 0o100644, said = {} } of entries) {
    const packed = deflateRawSync(text);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(said.sum ?? crc32(text), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(said.size ?? Buffer.byteLength(text), 18);
    const told = said.name ?? name;
    const local = Buffer.concat([
      Buffer.from("PK\x03\x04"),
      withName(shared, name),
      Buffer.from(name),
      packed,
    ]);
    const behind = Buffer.alloc(14);
    behind.writeUInt32LE((mode << 16) >>> 0, 6);
    behind.writeUInt32LE(said.offset ?? offset, 10);
    const made = Buffer.from([20, 3]);
    directory.push(
      Buffer.concat([Buffer.from("PK\x01\x02"), made, withName(shared, told), behind, Buffer.from(told)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, listing, Buffer.from("PK\x05\x06"), end]);
}

function withName(shared: Buffer, name: string): Buffer {
  const copy = Buffer.from(shared);
  copy.writeUInt16LE(Buffer.byteLength(name), 22);
  return copy;
}
