import type { FileEntry } from "../domain/files.ts";
import type { BlobId, OperationId } from "../domain/ids.ts";
import type { WriteOutcome } from "../store/history-store.ts";
import type { Place } from "./place.ts";

/** What is to become of one file. `before` is what the plan saw there; anything else on disk is left alone. */
export interface DiskChange {
  readonly place: Place;
  readonly path: string;
  readonly before: FileEntry | null;
  readonly after: FileEntry | null;
  /** Of several operations that are written together, the one that it belongs to; by default the last. */
  readonly operation?: OperationId;
}

/** A file that was not as planned, or that a racing writer replaced; `found` is what is there now. */
export interface MovedFile {
  readonly place: Place["name"];
  readonly checkout: Place["checkout"];
  readonly path: string;
  readonly found: FileEntry | null;
  /**
   * `changed`: it holds something else. `blocked`: it must not be touched (unreadable, ignored, a folder, a
   * link out of the root). `kept`: a racing writer's bytes that are no longer on disk, but in history.
   */
  readonly why: "changed" | "blocked" | "kept";
}

export type DiskOutcome =
  /**
   * Everything is in place but what `raced` lists: writers that got between. What they wrote is on disk, or in
   * history where it could not stay there.
   */
  | {
      readonly status: "done";
      readonly outcomes: readonly WriteOutcome[];
      readonly raced: readonly MovedFile[];
    }
  /** Nothing was written: these files are not what the plan saw. */
  | { readonly status: "moved"; readonly files: readonly MovedFile[] }
  /** Nothing was written: a batch was not `done`. */
  | { readonly status: "stale"; readonly outcomes: readonly WriteOutcome[] }
  /** It began and was taken back; the reversal is on record. `stuck` are paths that could not be taken back. */
  | {
      readonly status: "reverted";
      readonly by: OperationId;
      readonly why: string;
      readonly stuck: readonly string[];
    };

/** Bytes of a blob that is to be put on disk. */
export type BlobReader = (ids: readonly BlobId[]) => Promise<readonly (Uint8Array | undefined)[]>;
