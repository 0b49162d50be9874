import type { BlobId, CommitId, NodeId, ObjectId } from "../domain/ids.ts";

/** What snapshots are read from: a store, a pack, or objects that are not written yet. */
export interface ObjectSource {
  /** Bytes of each object, undefined for one that is absent. Same order as `ids`. */
  readonly getMany: (ids: readonly ObjectId[]) => Promise<readonly (Uint8Array | undefined)[]>;
}

/** The content of a file on its way into a store. */
export interface NewBlob {
  readonly kind: "blob";
  readonly id: BlobId;
  readonly bytes: Uint8Array;
  /** The version before of the same path: a hint to the store, which may keep only the difference. */
  readonly previous?: BlobId;
}

/** An object on its way into a store: `id` is the SHA-256 of its preimage, see docs/format.md. */
export type NewObject =
  | NewBlob
  | {
      readonly kind: "node";
      readonly id: NodeId;
      readonly bytes: Uint8Array;
      /** The node whose place it takes in the snapshot before: a hint, as for a file. */
      readonly previous?: NodeId;
    }
  | {
      readonly kind: "commit";
      readonly id: CommitId;
      readonly bytes: Uint8Array;
      readonly words: Uint8Array | null;
    };
