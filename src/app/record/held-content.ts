import { limits } from "../../domain/limits.ts";
import type { NewBlob } from "../../snapshot/object-source.ts";
import type { Store } from "../../store/store.ts";
import type { FileEdit } from "./change.ts";

/**
 * The content of many edits on its way into the store. Little of it stays with the edits and goes into the
 * transaction that records them. Where it is more than `limits.heldBytesMax`, it is stored ahead, that much at a
 * time: what a command holds does not grow with what it brings.
 */
export class HeldContent {
  readonly #store: Store;
  readonly #isMuch: boolean;
  #waiting: NewBlob[] = [];
  #waitingBytes = 0;

  /** `bytesExpected`: the size of all that will be taken. */
  constructor(store: Store, bytesExpected: number) {
    this.#store = store;
    this.#isMuch = bytesExpected > limits.heldBytesMax;
  }

  /** The edit, with its bytes or, once they wait to be stored ahead, without. `previous` as in `NewBlob`. */
  async take(edit: FileEdit, previous?: NewBlob["previous"]): Promise<FileEdit> {
    const { after, bytes } = edit;
    if (!this.#isMuch || after === null || bytes === null) return edit;
    const base = previous === undefined ? {} : { previous };
    this.#waiting.push({ kind: "blob", id: after.blob, bytes, ...base });
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > limits.heldBytesMax) await this.storeWaiting();
    return { ...edit, bytes: null };
  }

  /** Stores what waits. To be called after the last `take`, before the edits are recorded. */
  async storeWaiting(): Promise<void> {
    const blobs = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (blobs.length > 0) await this.#store.putAhead(blobs);
  }
}
