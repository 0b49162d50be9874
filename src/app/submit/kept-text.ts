import type { Actor } from "../../domain/actors.ts";
import { type FileEntry, regularMode } from "../../domain/files.ts";
import { type BlobId, type ConflictId, randomId } from "../../domain/ids.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { KeptText } from "../../store/checkout-store.ts";
import type { Workbench } from "../workbench/workbench.ts";

export interface RefusedBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly base: FileEntry | null;
  readonly actor: Actor;
}

/**
 * Texts that are refused, on their way into the store: readable by their hash from there on, and kept as long as the
 * sides of a settled conflict are. They are no operations and in nobody's log.
 */
export class KeptTexts {
  readonly #bench: Workbench;
  readonly #texts: { readonly kept: KeptText; readonly bytes: Uint8Array }[] = [];

  constructor(bench: Workbench) {
    this.#bench = bench;
  }

  add({ path, bytes, base, actor }: RefusedBytes): { readonly id: ConflictId; readonly blob: BlobId } {
    const { environment, collection } = this.#bench;
    const id = randomId("conflict", environment.random(20));
    const yours = { blob: blobId(bytes), mode: base?.mode ?? regularMode, size: bytes.length };
    const kept = { id, collection, path, base, yours, actor, at: environment.clock.now() };
    this.#texts.push({ kept, bytes });
    return { id, blob: yours.blob };
  }

  /** Durable when it returns. */
  async store(): Promise<void> {
    if (this.#texts.length === 0) return;
    const { store } = this.#bench;
    const blobs = this.#texts.map(({ kept, bytes }) => ({
      kind: "blob" as const,
      id: kept.yours.blob,
      bytes,
    }));
    await store.putAhead(blobs);
    await store.checkouts.apply({ keep: this.#texts.map(({ kept }) => kept) }, { durable: true });
  }
}
