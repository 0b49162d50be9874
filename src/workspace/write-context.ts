import type { WallClock } from "../domain/clock.ts";
import type { PlaceName } from "../store/checkout-store.ts";
import type { Store } from "../store/store.ts";
import type { Disk } from "./disk.ts";
import type { PlacesLock } from "./lock.ts";

/** What every writing part of the workspace works with. */
export interface WriteContext {
  readonly store: Store;
  readonly disk: Disk;
  readonly clock: WallClock;
  readonly random: (count: number) => Uint8Array;
  /** Held by the caller for every place that is written, before and after the call. */
  readonly lock: PlacesLock;
  /** The artifact that a path belongs to, for what is recorded about it; by default none is named. */
  readonly artifactOf?: (place: PlaceName, path: string) => string | null;
}
