import type { Disk } from "./disk.ts";
import { diskPath } from "./place-paths.ts";
import { readSteady } from "./read-steady.ts";
import type { Scan } from "./scan.ts";

/**
 * The bytes of a file as a scan found it: those that the scan holds, else read again.
 *
 * @returns undefined where the file holds something else by now, or is gone.
 * @throws the error of node:fs where it cannot be read.
 */
export function readScanned(disk: Disk, scan: Scan, path: string): Uint8Array | undefined {
  const file = scan.files.get(path);
  if (file === undefined) return undefined;
  if (file.bytes !== null) return file.bytes;
  const content = readSteady(disk, diskPath(scan.place, path));
  return content?.entry.blob === file.entry.blob ? content.bytes : undefined;
}
