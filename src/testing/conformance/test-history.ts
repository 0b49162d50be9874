import { claimedActor } from "../../domain/actors.ts";
import type { CommitFields } from "../../domain/commits.ts";
import type { Conflict, ConflictUnit } from "../../domain/conflicts.ts";
import { type FileEntry, regularMode } from "../../domain/files.ts";
import {
  type BlobId,
  type CollectionId,
  type CommitId,
  type OperationId,
  randomId,
} from "../../domain/ids.ts";
import type { OperationDraft, PathChange, RefName } from "../../domain/operations.ts";
import { comparePaths, pathOf } from "../../domain/paths.ts";
import { buildSnapshot } from "../../snapshot/build-snapshot.ts";
import { encodeCommit } from "../../snapshot/commit.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import type { WriteBatch } from "../../store/history-store.ts";

/** Random bytes from a seed (mulberry32): a failing test can be run again as it was. */
export function seededRandom(seed: number): (count: number) => Uint8Array {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 24;
  };
  return (count) => Uint8Array.from({ length: count }, next);
}

/** Files of a snapshot, by path, as text. */
export type TestFiles = Readonly<Record<string, string>>;

/** One commit with all its objects, before it is written. */
export interface TestCommit {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  readonly blobs: readonly NewObject[];
  readonly root: NewObject;
  readonly nodes: readonly NewObject[];
  readonly commit: NewObject & { readonly kind: "commit" };
  readonly objects: readonly NewObject[];
  readonly entries: Readonly<Record<string, FileEntry>>;
}

export function blobOf(text: string, previous?: BlobId): NewObject & { readonly kind: "blob" } {
  const bytes = new TextEncoder().encode(text);
  return { kind: "blob", id: blobId(bytes), bytes, ...(previous === undefined ? {} : { previous }) };
}

export function entryOf(text: string): FileEntry {
  const { id, bytes } = blobOf(text);
  return { blob: id, mode: regularMode, size: bytes.length };
}

function raiseNoRoot(): never {
  throw new Error("a snapshot without a root");
}

/** Makes commits and batches for tests of a store: one collection, small snapshots. */
export class TestHistory {
  readonly random: (count: number) => Uint8Array;
  readonly collection: CollectionId;
  readonly main: RefName;
  readonly ana = claimedActor("ana", "person");

  constructor(seed: number, collection?: CollectionId) {
    this.random = seededRandom(seed);
    this.collection = collection ?? randomId("collection", this.random(20));
    this.main = `${this.collection}/heads/main`;
  }

  operationId(): OperationId {
    return randomId("operation", this.random(20));
  }

  commit(
    files: TestFiles,
    parents: readonly CommitId[],
    extra: Partial<Pick<CommitFields, "message" | "committedAt" | "breakingChanges">> = {},
  ): TestCommit {
    const paths = Object.keys(files).sort(comparePaths);
    const blobs = paths.map((path) => blobOf(files[path] ?? ""));
    const entries = Object.fromEntries(paths.map((path) => [path, entryOf(files[path] ?? "")]));
    const { id: snapshot, nodes } = buildSnapshot(
      paths.map((path) => [pathOf(path), entryOf(files[path] ?? "")] as const),
    );
    const encoded = encodeCommit(
      {
        snapshot,
        parents,
        author: { name: "ana", kind: "person" },
        agentId: null,
        modelId: null,
        toolchainId: null,
        promptHash: null,
        session: null,
        message: null,
        committedAt: 0,
        branch: "main",
        semVerBump: null,
        breakingChanges: [],
        metadata: {},
        structuredDelta: [],
        ...extra,
      },
      this.random(16),
    );
    const commit = { kind: "commit" as const, ...encoded };
    const root = nodes.find((node) => node.id === snapshot) ?? raiseNoRoot();
    return {
      id: encoded.id,
      parents,
      blobs,
      root,
      nodes,
      commit,
      objects: [...blobs, ...nodes, commit],
      entries,
    };
  }

  operation(over: Partial<OperationDraft> = {}): OperationDraft {
    return {
      id: this.operationId(),
      collections: [this.collection],
      actor: this.ana,
      kind: "save",
      reason: null,
      message: null,
      refs: [],
      changes: [],
      undoes: null,
      group: null,
      details: {},
      ...over,
    };
  }

  batch(
    over: Partial<Omit<WriteBatch, "operation">> & { readonly operation?: Partial<OperationDraft> },
  ): WriteBatch {
    return {
      objects: [],
      openConflicts: [],
      settleConflicts: [],
      pins: [],
      unpins: [],
      ...over,
      operation: this.operation(over.operation),
    };
  }

  /** A save that moves `main` from one commit to the next. */
  save(before: TestCommit | null, after: TestCommit, over: Partial<OperationDraft> = {}): WriteBatch {
    return this.batch({
      objects: after.objects,
      operation: {
        refs: [{ name: this.main, before: before?.id ?? null, after: after.id }],
        changes: this.changes(before?.entries ?? {}, after.entries),
        ...over,
      },
    });
  }

  /** What differs between two sets of files, by path. */
  changes(
    before: Readonly<Record<string, FileEntry>>,
    after: Readonly<Record<string, FileEntry>>,
  ): readonly PathChange[] {
    const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(comparePaths);
    return paths
      .filter((path) => before[path]?.blob !== after[path]?.blob)
      .map((path) => ({
        collection: this.collection,
        path,
        target: null,
        artifact: artifactOf(path),
        before: before[path] ?? null,
        after: after[path] ?? null,
      }));
  }

  conflict(path: string, over: Partial<Conflict> = {}): Conflict {
    return {
      id: randomId("conflict", this.random(20)),
      collection: this.collection,
      path,
      artifact: artifactOf(path),
      base: null,
      yours: null,
      theirs: null,
      yoursActor: this.ana,
      theirsActor: claimedActor("bert", "agent"),
      rule: "X1",
      units: [
        unit({ choice: null }),
        unit({ choice: "both", mark: "security" }),
        unit({ choice: { text: "yours" } }),
      ],
      openedBy: this.operationId(),
      openedAt: 0,
      settledBy: null,
      ...over,
    };
  }
}

function unit(over: Partial<ConflictUnit>): ConflictUnit {
  const sides = { base: null, yours: "a", theirs: "b" };
  return { rule: "X1", where: "Usage", ...sides, mark: null, choice: null, ...over };
}

/** `skills/pdf/SKILL.md` belongs to `skill/pdf`. */
function artifactOf(path: string): string | null {
  const match = /^skills\/([^/]+)\//.exec(path);
  return match === null ? null : `skill/${match[1]}`;
}
