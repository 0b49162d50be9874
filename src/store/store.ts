import type { NewBlob } from "../snapshot/object-source.ts";
import type { CheckoutStore, LocalBatch } from "./checkout-store.ts";
import type { HistoryStore, WriteBatch, WriteOutcome } from "./history-store.ts";
import type { Maintenance } from "./maintenance.ts";

/** History and this machine's checkouts, and the one way to write both. */
export interface Store {
  readonly history: HistoryStore;
  readonly checkouts: CheckoutStore;
  /** Null where the engine does not offer it. */
  readonly maintenance: Maintenance | null;
  /**
   * Writes batches in order, durably, in one transaction: one that is not `done` leaves nothing behind and
   * does not hold up the others. `local` is written with them if and only if every batch is `done`;
   * otherwise the batches that could be written are kept and `localWritten` is false.
   * With `whole`, one batch that is not `done` takes all back.
   */
  readonly write: (
    batches: readonly WriteBatch[],
    options?: { readonly local?: LocalBatch; readonly whole?: boolean },
  ) => Promise<WriteResult>;
  /**
   * Stores content ahead of the operation that will refer to it, so that an operation of any size is written in
   * bounded steps. No version holds it before a batch names it (`WriteBatch.ahead`), whose durable write makes it
   * durable as well; what no batch ever names is garbage, which is spared for `limits.aheadGraceMicros`.
   * Throws a RangeError where bytes are not the content that they are said to be.
   */
  readonly putAhead: (blobs: readonly NewBlob[]) => Promise<void>;
  /**
   * Waits, with a bound, until no other process that asked before is saving. Advice alone, for a writer whose ref is
   * moved under it again and again: null where it was not to be had. Absent where the engine has no need of it.
   */
  readonly takeTurn?: () => Promise<HeldTurn | null>;
  readonly close: () => Promise<void>;
}

export interface HeldTurn {
  /** Whether somebody else had it when it was asked for. */
  readonly waited: boolean;
  readonly release: () => void;
}

export interface WriteResult {
  readonly outcomes: readonly WriteOutcome[];
  readonly localWritten: boolean;
}
