import { open, stat } from "node:fs/promises";
import { StetError } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { errorName } from "../../../workspace/disk.ts";
import { errorFromDisk } from "../../../workspace/disk-errors.ts";
import type { FetchedFile } from "../fetched-file.ts";
import { archiveRefusal } from "./archive-refusal.ts";
import { withoutFirstFolder, withoutTopFolder } from "./archive-top.ts";
import { sha256OfFile } from "./sha256-of-file.ts";
import { unpackTar } from "./unpack-tar.ts";
import { unpackZip } from "./unpack-zip.ts";
import { Unpacking } from "./unpacking.ts";

export interface UnpackedArchive {
  /** Readable for as long as the private folder is there. */
  readonly files: readonly FetchedFile[];
  /** Of the archive as it came: 64 hex digits. */
  readonly sha256: string;
}

export interface UnpackOptions {
  /** Whether the folder that all lies in is taken off in any case, as npm does. */
  readonly top?: "always" | "unless it means something";
  readonly signal?: AbortSignal;
}

type ArchiveKind = "tar" | "tar.gz" | "zip";

/**
 * Unpacks a tar, tar.gz or zip, known by its first bytes, into the private folder. A folder that only wraps
 * everything is taken off. Throws E-UPSTREAM for a damaged one, E-LIMIT for too much, E-PATH for names and kinds of
 * entries that no honest archive has, E-DISK-FULL and its like; an aborted `signal` throws what it was aborted with.
 */
export async function unpackArchive(
  file: string,
  folder: string,
  { top = "unless it means something", signal }: UnpackOptions = {},
): Promise<UnpackedArchive> {
  const { size } = await stat(file);
  if (size > limits.downloadBytesMax) {
    throw archiveRefusal(
      "E-LIMIT",
      "",
      `It has ${size} bytes, at most ${limits.downloadBytesMax} are taken.`,
    );
  }
  const into = new Unpacking(folder, size);
  const kind = await kindOf(file);
  try {
    if (kind === "zip") await unpackZip(file, into, signal);
    else await unpackTar(file, kind === "tar.gz", into, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw refusalFor(error);
  }
  const files = into.files();
  return {
    files: top === "always" ? withoutFirstFolder(files) : withoutTopFolder(files),
    sha256: await sha256OfFile(file),
  };
}

/** What the libraries say of a damaged archive, and the system of its disk, become errors of ours. */
function refusalFor(error: unknown): unknown {
  if (error instanceof StetError || !(error instanceof Error)) return error;
  const name = errorName(error);
  if (name !== undefined && /^E[A-Z]+$/.test(name))
    return errorFromDisk(error, "unpack the archive", "the folder for what is fetched");
  return archiveRefusal("E-UPSTREAM", "", `It is damaged, or was made to be misread: ${error.message}`);
}

async function kindOf(file: string): Promise<ArchiveKind> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(512), 0, 512, 0);
    const first = buffer.subarray(0, bytesRead);
    if (first[0] === 0x1f && first[1] === 0x8b) return "tar.gz";
    if (first[0] === 0x50 && first[1] === 0x4b) return "zip";
    const magic = new TextDecoder("latin1").decode(first.subarray(257, 262));
    if (magic === "ustar" || (first.length === 512 && first.every((byte) => byte === 0))) return "tar";
    throw archiveRefusal("E-UPSTREAM", "", "It is neither a tar, nor a tar.gz, nor a zip.");
  } finally {
    await handle.close();
  }
}
