/** A root and one target in memory, for tests: what a command would do with the rows, without a disk. */
import { groupArtifacts } from "../../src/artifacts/artifact.ts";
import { type FileEntry, type FileMode, regularMode } from "../../src/domain/files.ts";
import type { BlobId } from "../../src/domain/ids.ts";
import { type CollectionPath, pathOf } from "../../src/domain/paths.ts";
import type { CanonicalArtifact, NewContent, TargetRow } from "../../src/runtimes/drift/sync-row.ts";
import { targetRows } from "../../src/runtimes/drift/sync-rows.ts";
import type { TargetPlan } from "../../src/runtimes/placement/target.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import type { WrittenEntry } from "../../src/store/checkout-store.ts";

export interface TargetWorld {
  readonly plan: TargetPlan;
  readonly canonical: Map<CollectionPath, FileEntry>;
  readonly present: Map<string, FileEntry>;
  readonly written: Map<string, WrittenEntry>;
  readonly blobs: Map<BlobId, Uint8Array>;
  /** Artifacts that may not be written, with the reason. */
  readonly blocked: Map<string, string>;
  /** How many blobs were read. */
  reads: number;
}

export function newWorld(plan: TargetPlan): TargetWorld {
  return {
    plan,
    canonical: new Map(),
    present: new Map(),
    written: new Map(),
    blobs: new Map(),
    blocked: new Map(),
    reads: 0,
  };
}

export function entryFor(world: TargetWorld, content: string | Uint8Array, mode: FileMode): FileEntry {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const blob = blobId(bytes);
  world.blobs.set(blob, bytes);
  return { blob, mode, size: bytes.length };
}

export function writeCanonical(
  world: TargetWorld,
  path: string,
  content: string | Uint8Array,
  mode: FileMode = regularMode,
): void {
  world.canonical.set(pathOf(path), entryFor(world, content, mode));
}

export function writeTarget(
  world: TargetWorld,
  path: string,
  content: string | Uint8Array,
  mode: FileMode = regularMode,
): void {
  world.present.set(path, entryFor(world, content, mode));
}

export function textAt(world: TargetWorld, entry: FileEntry | undefined): string | undefined {
  const bytes = entry === undefined ? undefined : world.blobs.get(entry.blob);
  return bytes === undefined ? undefined : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

export function targetText(world: TargetWorld, path: string): string | undefined {
  return textAt(world, world.present.get(path));
}

export function canonicalText(world: TargetWorld, path: string): string | undefined {
  return textAt(world, world.canonical.get(pathOf(path)));
}

function canonicalArtifacts(world: TargetWorld): readonly CanonicalArtifact[] {
  return groupArtifacts(world.canonical).map(({ reference, files }) => {
    const entries = files.map(({ path, entry }): [string, FileEntry] => [path, entry]);
    const version = files.map(({ inner, entry }) => `${inner} ${entry.blob} ${entry.mode}`).join("\n");
    return {
      ...reference,
      version: blobId(new TextEncoder().encode(version)),
      files: new Map(entries),
      blocked: world.blocked.get(`${reference.kind}/${reference.name}`) ?? null,
    };
  });
}

export async function rowsOf(world: TargetWorld): Promise<readonly TargetRow[]> {
  world.reads = 0;
  return targetRows({
    plan: world.plan,
    artifacts: canonicalArtifacts(world),
    present: world.present,
    written: [...world.written.values()],
    readBlob: async (id) => {
      world.reads += 1;
      return world.blobs.get(id);
    },
  });
}

/** States by artifact: `{"agent/reviewer": "in-sync"}`. */
export async function statesOf(world: TargetWorld): Promise<Readonly<Record<string, string>>> {
  const rows = await rowsOf(world);
  return Object.fromEntries(rows.map((row) => [`${row.kind}/${row.name}`, row.drift.state]));
}

/** Does what `push` does with a row. */
export function pushRow(world: TargetWorld, row: TargetRow): void {
  for (const { path, before, after } of row.write) {
    if ((world.present.get(path) ?? null) !== before) throw new Error(`${path} is not what the row saw`);
    world.present.set(path, keep(world, after));
  }
  for (const { path } of row.remove) {
    world.present.delete(path);
    world.written.delete(path);
  }
  record(world, row.recordAfterPush, row.forget);
}

/** Does what `pull` does with a row. */
export function pullRow(world: TargetWorld, row: TargetRow): void {
  for (const { path, after } of row.take) {
    if (after === null) world.canonical.delete(pathOf(path));
    else world.canonical.set(pathOf(path), keep(world, after));
  }
}

/** Records what agrees, as every command that writes does along the way. */
export async function settle(world: TargetWorld): Promise<void> {
  for (const row of await rowsOf(world)) record(world, row.record, row.forget);
}

export async function pushAll(world: TargetWorld): Promise<readonly TargetRow[]> {
  const rows = await rowsOf(world);
  for (const row of rows) pushRow(world, row);
  return rows;
}

export async function pullAll(world: TargetWorld): Promise<readonly TargetRow[]> {
  const rows = await rowsOf(world);
  for (const row of rows) if (row.drift.state !== "extra") pullRow(world, row);
  await settle(world);
  return rows;
}

function keep(world: TargetWorld, { entry, bytes }: NewContent): FileEntry {
  if (bytes !== null) world.blobs.set(entry.blob, bytes);
  if (!world.blobs.has(entry.blob)) throw new Error("a row refers to bytes that nobody has");
  return entry;
}

function record(world: TargetWorld, entries: readonly WrittenEntry[], forget: readonly string[]): void {
  for (const entry of entries) world.written.set(entry.path, entry);
  for (const path of forget) world.written.delete(path);
}
