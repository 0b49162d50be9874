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
  readonly close: () => Promise<void>;
}

export interface WriteResult {
  readonly outcomes: readonly WriteOutcome[];
  readonly localWritten: boolean;
}
