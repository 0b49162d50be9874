import type { Micros } from "../domain/clock.ts";
import type { CommitId, ConflictId, ObjectId, OperationId } from "../domain/ids.ts";
import type { Operation, OperationDraft } from "../domain/operations.ts";

/**
 * What is kept in any case: refs with all they stand on now, pins, open conflicts, the journal, indexes, what was
 * written to targets, files set aside. The request adds what policy keeps beside that.
 */
export interface PruneRequest {
  /** Recorded as what did it; kind `prune`. Only what belongs to its collections alone goes. The store adds the details `policy`, `objects`, `bytes`, `tombstones`. */
  readonly operation: OperationDraft;
  /** In the tombstones: why these versions went. */
  readonly policy: string;
  /** Versions that stay, with their content. Commits themselves always stay, as records. */
  readonly keepCommits: readonly CommitId[];
  /** Changes of operations from this sequence number on stay: the undo horizon. */
  readonly keepOperationsFrom: number;
  /** Both sides of conflicts settled since then stay. */
  readonly keepConflictsSince: Micros;
  /** Counts only. */
  readonly dryRun: boolean;
}

export interface PruneResult {
  /** Null for a dry run, and where there was nothing to prune. */
  readonly operation: Operation | null;
  readonly objects: number;
  /** Bytes of their content; what the file gives back shows after `compact`. */
  readonly bytes: number;
}

export interface CompactRequest {
  /** Objects of the newest operations stay as they are: they are read most. */
  readonly spareOperations: number;
  /** Objects in one frame at most, in bytes of content: what a reader of one of them decompresses. */
  readonly frameBytesMax?: number;
}

export interface CompactResult {
  readonly objects: number;
  readonly frames: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

export interface ForgetRequest {
  /** Recorded as what did it; kind `forget`. */
  readonly operation: OperationDraft;
  /** Blobs whose content goes, and with it what conflicts quote of it. Their ids, and every record that names them, stay. */
  readonly blobs: readonly ObjectId[];
  /** Commits and operations whose free text goes. Their ids and links stay. */
  readonly wordsOfCommits: readonly CommitId[];
  readonly wordsOfOperations: readonly OperationId[];
  /** Conflicts that lose their units: what they quote, and what was chosen. */
  readonly wordsOfConflicts: readonly ConflictId[];
}

export interface ForgetResult {
  readonly operation: Operation;
  readonly objects: number;
}

/** Care of a store: what only its own engine can do. */
export interface Maintenance {
  /** The store's own id, 32 hex digits: another one for every store that is written. */
  readonly identity: () => Promise<string>;
  /** Removes the content of versions that nothing keeps, and leaves a tombstone for each object. */
  readonly prune: (request: PruneRequest) => Promise<PruneResult>;
  /** Repacks many versions into shared frames, in bounded transactions, and gives free space back. */
  readonly compact: (request: CompactRequest) => Promise<CompactResult>;
  /** Removes content for good: dependents are encoded anew, free pages overwritten, the log emptied. */
  readonly forget: (request: ForgetRequest) => Promise<ForgetResult>;
  /** Copies the store, as of now, while others go on. The copy is whole or not there. Gives back its bytes. */
  readonly backup: (file: string) => Promise<number>;
}
