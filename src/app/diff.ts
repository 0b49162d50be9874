import { formatArtifact } from "../domain/artifact-kinds.ts";
import { type FileEntry, sameEntry } from "../domain/files.ts";
import type { BlobId } from "../domain/ids.ts";
import { comparePaths } from "../domain/paths.ts";
import { readScanned } from "../workspace/read-scanned.ts";
import { readBlob } from "./cat.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { readArtifactArgument } from "./history/artifact-argument.ts";
import { artifactKey } from "./history/artifact-key.ts";
import { commitOf } from "./history/point.ts";
import { diffOfFile, type FileDiff } from "./history/text-diff.ts";
import { type Answer, answer } from "./outcomes.ts";
import { canonicalArtifacts } from "./targets/canonical-artifacts.ts";
import { lookAtTargets, rowsOf } from "./targets/targets.ts";
import { presentAt } from "./workbench/present.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";

export interface DiffInput extends CallOptions {
  /** `skill/pdf`; absent for the whole collection. */
  readonly artifact?: string;
  /** Points in history; `from` alone compares with now, neither with the state before the last operation. */
  readonly from?: string;
  readonly to?: string;
  /** Compares what stet would write to a target with what is there. */
  readonly target?: string;
}

export interface DiffData {
  readonly files: readonly FileDiff[];
}

/** What differs between two points of history, or between the collection and a target. */
export async function diff(environment: Environment, input: DiffInput = {}): Promise<Answer<DiffData>> {
  return await reading(environment, input, async (bench) => {
    const key = input.artifact === undefined ? null : formatArtifact(readArtifactArgument(input.artifact));
    const files =
      input.target === undefined
        ? await historyDiff(bench, input, key)
        : await targetDiff(bench, input.target, key);
    return answer({ files }, { notices: bench.notices });
  });
}

async function historyDiff(
  bench: Workbench,
  input: DiffInput,
  key: string | null,
): Promise<readonly FileDiff[]> {
  const before = await entriesAt(bench, input.from ?? (await lastOperation(bench, key)));
  const after = input.to === undefined ? (await bench.present()).entries : await entriesAt(bench, input.to);
  const allowed = bench.allowedSecrets;
  const files: FileDiff[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort(comparePaths)) {
    if (key !== null && artifactKey(path) !== key) continue;
    const one = before.get(path) ?? null;
    const other = after.get(path) ?? null;
    if (sameEntry(one, other)) continue;
    files.push(
      await diffOfFile(
        { path, before: await sideOf(bench, path, one), after: await sideOf(bench, path, other) },
        allowed,
      ),
    );
  }
  return files;
}

async function targetDiff(
  bench: Workbench,
  target: string,
  key: string | null,
): Promise<readonly FileDiff[]> {
  const artifacts = await canonicalArtifacts(bench, (await bench.present()).entries);
  const allowed = bench.allowedSecrets;
  const files: FileDiff[] = [];
  for (const state of await lookAtTargets(bench)) {
    if (state.id !== target && state.id.split(":")[0] !== target) continue;
    for (const row of await rowsOf(bench, state, artifacts)) {
      if (key !== null && `${row.kind}/${row.name}` !== key) continue;
      for (const { path, before, after } of row.write) {
        const there = before === null ? null : (readScanned(bench.disk, state.scan, path) ?? null);
        const wanted = after.bytes ?? (await bench.readBlob(after.entry.blob)) ?? null;
        files.push(
          await diffOfFile(
            {
              path: `${row.target}:${path}`,
              before: before === null || there === null ? null : { id: before.blob, bytes: there },
              after: wanted === null ? null : { id: after.entry.blob, bytes: wanted },
            },
            allowed,
          ),
        );
      }
    }
  }
  return files;
}

/** The state before the newest operation that changed files: what `diff` alone compares with. */
async function lastOperation(bench: Workbench, key: string | null): Promise<number | null> {
  const page = await bench.store.history.operations({
    collection: bench.collection,
    limit: 50,
    ...(key === null ? {} : { artifact: key }),
  });
  return page.find((one) => one.refs.some(({ name }) => name === bench.branchRef))?.sequence ?? null;
}

async function entriesAt(bench: Workbench, point: string | number | null) {
  if (point === null) return (await bench.present()).entries;
  if (typeof point === "string") return (await presentAt(bench.store, await commitOf(bench, point))).entries;
  const [operation] = await bench.store.history.operations({
    collection: bench.collection,
    beforeSequence: point + 1,
    limit: 1,
  });
  const before = operation?.refs.find((move) => move.name === bench.branchRef)?.before ?? null;
  return (await presentAt(bench.store, before)).entries;
}

async function sideOf(bench: Workbench, path: string, entry: FileEntry | null) {
  if (entry === null) return null;
  const blob: BlobId = entry.blob;
  return { id: blob, bytes: await readBlob(bench, blob, path) };
}
