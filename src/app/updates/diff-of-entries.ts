import type { FileEntry } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import { type CollectionPath, comparePaths } from "../../domain/paths.ts";
import { diffOfFile, type FileDiff } from "../history/text-diff.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { Arrival } from "./arrival.ts";
import { changedPaths } from "./three-way.ts";

/** What differs between two versions of an artifact, by inner path; `blobs` is content that the store does not have. */
export async function diffOfEntries(
  bench: Workbench,
  key: string,
  before: ReadonlyMap<CollectionPath, FileEntry>,
  after: ReadonlyMap<CollectionPath, FileEntry>,
  blobs: Arrival["blobs"],
): Promise<readonly FileDiff[]> {
  const arrived = new Map(blobs.map((blob) => [blob.id, blob.bytes]));
  const side = async (entry: FileEntry | undefined) => {
    if (entry === undefined) return null;
    const id: BlobId = entry.blob;
    const bytes = arrived.get(id) ?? (await bench.readBlob(id));
    return bytes === undefined ? null : { id, bytes };
  };
  const files: FileDiff[] = [];
  for (const path of changedPaths(before, after).toSorted(comparePaths)) {
    const sides = { before: await side(before.get(path)), after: await side(after.get(path)) };
    files.push(await diffOfFile({ path: `${key}/${path}`, ...sides }, bench.allowedSecrets));
  }
  return files;
}
