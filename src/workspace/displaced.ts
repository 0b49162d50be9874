import type { BlobId } from "../domain/ids.ts";
import { limits } from "../domain/limits.ts";
import type { NewBlob } from "../snapshot/object-source.ts";
import type { WriteBatch } from "../store/history-store.ts";
import type { Store } from "../store/store.ts";

/**
 * The content of files that an operation replaces or removes, on its way into the store (P1).
 *
 * Invariants: whatever was given to `keep` is in the store already, or in the objects or the `ahead` of the batch
 * that `joinTo` gives back; of the first kind nothing is held, of the others no more than `limits.heldBytesMax`.
 */
export class Displaced {
  readonly #store: Store;
  readonly #held = new Map<BlobId, NewBlob>();
  readonly #ahead = new Set<BlobId>();
  #heldBytes = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  readonly keep = async (blobs: readonly NewBlob[]): Promise<void> => {
    const states = await this.#store.history.inspect(blobs.map((one) => one.id));
    for (const [position, blob] of blobs.entries()) {
      if (states[position]?.state === "present" || this.#held.has(blob.id)) continue;
      this.#held.set(blob.id, blob);
      this.#heldBytes += blob.bytes.length;
    }
    if (this.#heldBytes <= limits.heldBytesMax) return;
    await this.#store.putAhead([...this.#held.values()]);
    for (const id of this.#held.keys()) this.#ahead.add(id);
    this.#held.clear();
    this.#heldBytes = 0;
  };

  /** The batch, with everything that is displaced. */
  joinTo(batch: WriteBatch): WriteBatch {
    const known = new Set(batch.objects.map((one) => one.id));
    const more = [...this.#held.values()].filter((one) => !known.has(one.id));
    return {
      ...batch,
      objects: [...batch.objects, ...more],
      ahead: [...(batch.ahead ?? []), ...this.#ahead],
    };
  }
}
