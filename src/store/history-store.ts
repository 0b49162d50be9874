import type { Micros } from "../domain/clock.ts";
import type { CommitFields } from "../domain/commits.ts";
import type { Conflict } from "../domain/conflicts.ts";
import type {
  BlobId,
  ChainHash,
  CollectionId,
  CommitId,
  ConflictId,
  ObjectId,
  OperationId,
} from "../domain/ids.ts";
import type { Operation, OperationDraft, OperationKind, RefMove, RefName } from "../domain/operations.ts";
import type { NewObject, ObjectSource } from "../snapshot/object-source.ts";

/** What an engine can do, as data. */
export interface StoreCapabilities {
  readonly engine: "sqlite" | "postgres" | "memory";
  /** Whether history and checkouts are written in one transaction. */
  readonly oneTransaction: boolean;
  readonly maintenance: boolean;
}

/** One write, as data: stored whole or not at all. */
export interface WriteBatch {
  readonly objects: readonly NewObject[];
  /** Content that `Store.putAhead` stored: the batch is incomplete where any of it is not there any more. */
  readonly ahead?: readonly BlobId[];
  /** Carries the ref moves, each a compare-and-swap. */
  readonly operation: OperationDraft;
  readonly openConflicts: readonly Conflict[];
  readonly settleConflicts: readonly ConflictId[];
  readonly pins: readonly Pin[];
  readonly unpins: readonly string[];
}

/** Outcomes of one batch. A batch that is not `done` has left nothing behind. */
export type WriteOutcome =
  /** `replayed` where an operation of this id was there already: nothing was written again. */
  | { readonly status: "done"; readonly operation: Operation; readonly replayed: boolean }
  | { readonly status: "stale"; readonly move: RefMove; readonly present: CommitId | null }
  /** Something it refers to is neither in the store nor in the batch (P3). */
  | { readonly status: "incomplete"; readonly missing: readonly ObjectId[] }
  | { readonly status: "refused"; readonly why: string }
  /** It could have been written, but was taken back: another batch of a `whole` write was not done. */
  | { readonly status: "withdrawn" };

/** A mark that keeps a version from ever being pruned. */
export interface Pin {
  readonly name: string;
  readonly collection: CollectionId;
  readonly commit: CommitId;
  readonly operation: OperationId;
  readonly note: string | null;
}

export interface Ref {
  readonly name: RefName;
  readonly commit: CommitId;
}

/** Why a version is gone on purpose. */
export interface Tombstone {
  readonly object: ObjectId;
  readonly operation: OperationId;
  readonly policy: string;
  readonly at: Micros;
}

export type ObjectState =
  | { readonly state: "present"; readonly kind: NewObject["kind"]; readonly size: number }
  | { readonly state: "pruned"; readonly tombstone: Tombstone }
  | { readonly state: "absent" };

/** Filters are joined by "and"; newest first. */
export interface OperationQuery {
  readonly collection?: CollectionId;
  /** `skill/pdf`; asks for `collection` too. */
  readonly artifact?: string;
  readonly path?: string;
  readonly kinds?: readonly OperationKind[];
  readonly actorName?: string;
  readonly since?: Micros;
  readonly until?: Micros;
  /** Only those before this sequence number: where the next page begins. */
  readonly beforeSequence?: number;
  readonly limit: number;
}

export type ResolvedId =
  | { readonly kind: "blob" | "node" | "commit"; readonly id: ObjectId }
  | { readonly kind: "operation"; readonly id: OperationId };

export interface StoreProblem {
  readonly code: string;
  readonly what: string;
  readonly where: string;
}

export interface VerifyReport {
  readonly objects: number;
  readonly commits: number;
  readonly operations: number;
  readonly problems: readonly StoreProblem[];
}

/** A commit as the store gives it back; `wordsForgotten` where its free text was removed by `forget`. */
export interface StoredCommit extends CommitFields {
  readonly id: CommitId;
  readonly wordsForgotten: boolean;
}

/**
 * The history of collections: objects, refs, operations, changes, conflicts, pins. Shared by a team where
 * there is one. Reads see one committed state each and never wait for a writer.
 *
 * Invariants, which the port itself keeps:
 * - an object that is visible is whole, and what it refers to is present or has a tombstone (P3);
 * - a ref moves only by compare-and-swap, in the transaction that records the operation;
 * - `at` increases strictly with `sequence`;
 * - each operation's chain hash covers the link before it in every collection that it touches.
 */
export interface HistoryStore extends ObjectSource {
  readonly capabilities: StoreCapabilities;
  readonly inspect: (ids: readonly ObjectId[]) => Promise<readonly ObjectState[]>;
  /** What an id or a unique prefix of at least 8 hex digits (or letters of an operation id) may stand for, blobs first. */
  readonly resolve: (prefix: string) => Promise<readonly ResolvedId[]>;
  readonly commit: (id: CommitId) => Promise<StoredCommit | undefined>;
  readonly ref: (name: RefName) => Promise<CommitId | undefined>;
  readonly refs: (collection?: CollectionId) => Promise<readonly Ref[]>;
  readonly operation: (id: OperationId) => Promise<Operation | undefined>;
  readonly operations: (query: OperationQuery) => Promise<readonly Operation[]>;
  /** The newest link of a collection's chain; null before its first operation. */
  readonly chainHead: (collection: CollectionId) => Promise<ChainHash | null>;
  readonly conflicts: (query: {
    readonly collection?: CollectionId;
    readonly open?: boolean;
    readonly id?: ConflictId;
  }) => Promise<readonly Conflict[]>;
  readonly pins: (collection: CollectionId) => Promise<readonly Pin[]>;
  /** Re-hashes every object and walks every reference. Problems are data, not errors. */
  readonly verify: () => Promise<VerifyReport>;
  /**
   * Whether a collection's log still holds a link that was noted earlier. A log that was cut or written anew is
   * sound in itself; only a link kept elsewhere tells. Null where it is there.
   */
  readonly verifyAgainst: (collection: CollectionId, head: ChainHash) => Promise<StoreProblem | null>;
}
