import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { limits } from "../../../domain/limits.ts";
import { errorFromDisk } from "../../../workspace/disk-errors.ts";
import { requested, type WebRequest } from "./request.ts";

/** What was written to a file: its hashes, as they stand in locks and registries. */
export interface Downloaded {
  readonly bytes: number;
  /** 64 hex digits. */
  readonly sha256: string;
  /** Base64, as in `integrity` (Subresource Integrity). */
  readonly sha512: string;
  /** Where it came from in the end. */
  readonly url: string;
}

/**
 * Downloads into a file, hashing as it comes. Throws E-UPSTREAM,
 * E-DISK-FULL and its like; the caller removes the file.
 */
export async function downloadTo(file: string, request: WebRequest): Promise<Downloaded> {
  return await requested(request, async ({ url, chunks }) => {
    const sha256 = createHash("sha256");
    const sha512 = createHash("sha512");
    let bytes = 0;
    const handle = await open(file, "w", 0o600);
    try {
      for await (const chunk of chunks(limits.downloadBytesMax)) {
        sha256.update(chunk);
        sha512.update(chunk);
        bytes += chunk.length;
        await written(handle, chunk);
      }
    } finally {
      await handle.close();
    }
    return { bytes, sha256: sha256.digest("hex"), sha512: sha512.digest("base64"), url };
  });
}

async function written(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  try {
    await handle.writeFile(chunk);
  } catch (error) {
    throw errorFromDisk(error, "keep what it downloads", "the folder for what is fetched");
  }
}

/** Downloads a text of at most `bytesMax` bytes. Throws E-UPSTREAM. */
export async function downloadText(request: WebRequest, bytesMax: number): Promise<string> {
  return await requested(request, async ({ chunks }) => {
    const parts = await Array.fromAsync(chunks(bytesMax));
    return new TextDecoder().decode(Buffer.concat(parts));
  });
}
