import type { WallClock } from "../../domain/clock.ts";
import type { Store } from "../../store/store.ts";

/** A store under test, and what a test may do to it from outside. */
export interface StoreSubject {
  readonly store: Store;
  /** Closes the store and opens the same data again. */
  readonly reopen: () => Promise<Store>;
  /** Opens the same data once more, beside the first: another process, as far as the engine can tell. */
  readonly beside: () => Promise<Store>;
  /** Closes everything and leaves nothing behind. */
  readonly remove: () => Promise<void>;
}

export interface SubjectOptions {
  readonly clock: WallClock;
  readonly random: (count: number) => Uint8Array;
}

/** Makes a store that is empty. */
export type OpenFreshStore = (options: SubjectOptions) => Promise<StoreSubject>;

/** What an engine declares of itself; a test of what it does not claim is skipped, and says so. */
export interface SubjectCapabilities {
  /** Whether data outlives `reopen`. */
  readonly persistent: boolean;
  readonly checkouts: boolean;
  /** How many random histories the model test runs. */
  readonly modelCases: number;
}
