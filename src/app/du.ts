import { statSync } from "node:fs";
import { join } from "node:path";
import { groupArtifacts } from "../artifacts/artifact.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import type { BlobId } from "../domain/ids.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { artifactKey } from "./history/artifact-key.ts";
import { operationsBackward } from "./history/operations-backward.ts";
import { type Answer, answer } from "./outcomes.ts";
import { reading } from "./workbench/reading.ts";

export interface ArtifactSize {
  readonly artifact: string;
  /** As it stands now; 0 where it was removed. */
  readonly files: number;
  readonly bytes: number;
  /** Different contents that its files ever had, and their bytes as plain files. */
  readonly versions: number;
  readonly historyBytes: number;
}

export interface DuData {
  /** Largest history first. */
  readonly artifacts: readonly ArtifactSize[];
  readonly bytes: number;
  readonly historyBytes: number;
  /** Bytes that the store takes on disk, for all collections that it holds. */
  readonly storeBytes: number;
}

/** What takes space: each artifact now and with all its history, and the store that holds it compressed. */
export async function du(environment: Environment, input: CallOptions = {}): Promise<Answer<DuData>> {
  return await reading(environment, input, async (bench) => {
    const sizes = new Map<string, { files: number; bytes: number; blobs: Map<BlobId, number> }>();
    const sizeOf = (artifact: string) => {
      const size = sizes.get(artifact) ?? { files: 0, bytes: 0, blobs: new Map() };
      sizes.set(artifact, size);
      return size;
    };
    for (const { reference, files } of groupArtifacts((await bench.present()).entries)) {
      const size = sizeOf(formatArtifact(reference));
      size.files = files.length;
      for (const { entry } of files) {
        size.bytes += entry.size;
        size.blobs.set(entry.blob, entry.size);
      }
    }
    for await (const { changes } of operationsBackward(bench)) {
      for (const { path, target, after } of changes) {
        const artifact = target === null ? artifactKey(path) : null;
        if (artifact !== null && after !== null) sizeOf(artifact).blobs.set(after.blob, after.size);
      }
    }
    const artifacts = [...sizes]
      .map(([artifact, { files, bytes, blobs }]) => {
        return { artifact, files, bytes, versions: blobs.size, historyBytes: sum(blobs.values()) };
      })
      .sort(
        (one, other) => other.historyBytes - one.historyBytes || (one.artifact < other.artifact ? -1 : 1),
      );
    const data: DuData = {
      artifacts,
      bytes: sum(artifacts.map((one) => one.bytes)),
      historyBytes: sum(artifacts.map((one) => one.historyBytes)),
      storeBytes: storeBytes(environment),
    };
    return answer(data, { notices: bench.notices, next: ["stet prune --dry-run", "stet gc"] });
  });
}

function storeBytes({ storeFolder }: Environment): number {
  const files = ["store.db", "store.db-wal", "store.db-shm"];
  return sum(files.map((name) => statSync(join(storeFolder, name), { throwIfNoEntry: false })?.size ?? 0));
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const one of numbers) total += one;
  return total;
}
