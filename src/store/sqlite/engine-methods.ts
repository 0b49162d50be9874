import type { Micros } from "../../domain/clock.ts";
import type { Conflict } from "../../domain/conflicts.ts";
import type {
  ChainHash,
  CheckoutId,
  CollectionId,
  CommitId,
  ObjectId,
  OperationId,
} from "../../domain/ids.ts";
import type { Operation, OperationDraft, RefName } from "../../domain/operations.ts";
import type {
  Aside,
  Checkout,
  Draft,
  IndexEntry,
  KeptText,
  LocalBatch,
  PendingOperation,
  PlaceName,
  WrittenEntry,
} from "../checkout-store.ts";
import type {
  ObjectState,
  OperationQuery,
  Pin,
  Ref,
  ResolvedId,
  StoredCommit,
  StoreProblem,
  VerifyReport,
  WriteBatch,
  WriteOutcome,
} from "../history-store.ts";
import type {
  CompactRequest,
  CompactResult,
  ForgetRequest,
  ForgetResult,
  PruneRequest,
  PruneResult,
} from "../maintenance.ts";
import type { ConflictQuery } from "./conflict-table.ts";
import type { AheadInput } from "./put-ahead.ts";

/**
 * What the engine does, each with one argument that can be sent to another thread. Time and randomness come
 * with the call: the engine itself has neither.
 */
export interface EngineInputs {
  readonly getMany: readonly ObjectId[];
  readonly inspect: readonly ObjectId[];
  readonly resolve: string;
  readonly commit: CommitId;
  readonly ref: RefName;
  readonly refs: CollectionId | undefined;
  readonly operation: OperationId;
  readonly operations: OperationQuery;
  readonly chainHead: CollectionId;
  readonly conflicts: ConflictQuery;
  readonly pins: CollectionId;
  readonly verify: undefined;
  readonly verifyAgainst: { readonly collection: CollectionId; readonly head: ChainHash };
  readonly write: WriteInput;
  readonly putAhead: AheadInput;
  readonly checkouts: undefined;
  readonly index: { readonly checkout: CheckoutId; readonly place: PlaceName };
  readonly written: { readonly checkout: CheckoutId; readonly place: PlaceName };
  readonly pending: CheckoutId | undefined;
  readonly asides: CheckoutId;
  readonly kept: CollectionId;
  readonly drafts: CollectionId;
  readonly identity: undefined;
  readonly prune: PruneRequest & MaintenanceContext;
  readonly compact: CompactRequest & Pick<MaintenanceContext, "wall">;
  readonly forget: ForgetRequest & MaintenanceContext;
  readonly backup: { readonly file: string; readonly unique: string };
  readonly apply: { readonly batch: LocalBatch; readonly durable: boolean };
}

/** Time, and 16 random bytes for the words of one operation. */
export interface MaintenanceContext {
  readonly wall: Micros;
  readonly salt: Uint8Array;
}

export interface WriteInput {
  readonly batches: readonly WriteBatch[];
  readonly local: LocalBatch | null;
  readonly whole: boolean;
  readonly wall: Micros;
  /** 16 random bytes for each batch, one after the other. */
  readonly salts: Uint8Array;
}

/** What the store adds to an operation as it records it. */
export type Recorded = Omit<Operation, keyof OperationDraft>;

/** An outcome without the draft of a new operation, which whoever wrote it has already. */
export type EngineOutcome =
  | Exclude<WriteOutcome, { readonly status: "done" }>
  | { readonly status: "done"; readonly operation: Operation; readonly replayed: true }
  | { readonly status: "done"; readonly recorded: Recorded; readonly replayed: false };

export interface EngineWriteResult {
  readonly outcomes: readonly EngineOutcome[];
  readonly localWritten: boolean;
}

export interface EngineResults {
  readonly getMany: readonly (Uint8Array | undefined)[];
  readonly inspect: readonly ObjectState[];
  readonly resolve: readonly ResolvedId[];
  readonly commit: StoredCommit | undefined;
  readonly ref: CommitId | undefined;
  readonly refs: readonly Ref[];
  readonly operation: Operation | undefined;
  readonly operations: readonly Operation[];
  readonly chainHead: ChainHash | null;
  readonly conflicts: readonly Conflict[];
  readonly pins: readonly Pin[];
  readonly verify: VerifyReport;
  readonly verifyAgainst: StoreProblem | null;
  readonly write: EngineWriteResult;
  readonly putAhead: undefined;
  readonly checkouts: readonly Checkout[];
  readonly index: readonly IndexEntry[];
  readonly written: readonly WrittenEntry[];
  readonly pending: readonly PendingOperation[];
  readonly asides: readonly Aside[];
  readonly kept: readonly KeptText[];
  readonly drafts: readonly Draft[];
  readonly identity: string;
  readonly prune: PruneResult;
  readonly compact: CompactResult;
  readonly forget: ForgetResult;
  readonly backup: number;
  readonly apply: undefined;
}

export type EngineMethod = keyof EngineInputs;
export type EngineMethods = {
  readonly [Method in EngineMethod]: (input: EngineInputs[Method]) => EngineResults[Method];
};
/** Runs a method of the engine, wherever that is. */
export type EngineCall = <Method extends EngineMethod>(
  method: Method,
  input: EngineInputs[Method],
) => Promise<EngineResults[Method]>;
