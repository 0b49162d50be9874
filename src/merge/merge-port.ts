import type { FileMode } from "../domain/files.ts";
import type { CollectionPath } from "../domain/paths.ts";
import type { MergeDecision, MergeUnit, OverlapRule } from "./merge-types.ts";

/**
 * The one port through which files are merged: branch merges, captures onto a moved ref, stale saves, undo and
 * revert all call it.
 *
 * Laws that every implementation keeps:
 * - sides that are equal give that side; one side equal to the base gives the other, byte for byte;
 * - swapping yours and theirs swaps them in the result and decides nothing else, save for the order of additions;
 * - what is not certain is an overlap: nothing of either side is dropped silently (P4).
 */
export type MergeFile = (input: MergeInput) => Promise<MergeResult>;

/** A file's bytes and mode; the base, yours and theirs of a merge, null where there is no such file. */
export interface FileBytes {
  readonly bytes: Uint8Array;
  readonly mode: FileMode;
}

export interface MergeInput {
  readonly path: CollectionPath;
  readonly base: FileBytes | null;
  readonly yours: FileBytes | null;
  readonly theirs: FileBytes | null;
}

export type MergeResult = MergedFile | Overlap;

/** `file` is null where the merge removes it. */
export interface MergedFile {
  readonly status: "merged";
  readonly file: FileBytes | null;
  readonly decisions: readonly MergeDecision[];
}

/** Both writers meant the same spot. Without units the whole file is the spot. */
export interface Overlap {
  readonly status: "overlap";
  readonly rule: OverlapRule;
  readonly units: readonly MergeUnit[];
  readonly decisions: readonly MergeDecision[];
}
