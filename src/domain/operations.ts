import type { Actor } from "./actors.ts";
import type { Micros } from "./clock.ts";
import type { FileEntry } from "./files.ts";
import type { ChainHash, CollectionId, CommitId, OperationId } from "./ids.ts";

export const operationKinds = [
  "init",
  "capture",
  "save",
  "move",
  "remove",
  "push",
  "pull",
  "sync",
  "undo",
  "redo",
  "revert",
  "restore",
  "branch",
  "switch",
  "merge",
  "resolve",
  "force",
  "pin",
  "unpin",
  "prune",
  "forget",
  "settings",
  "relink",
  "detach",
  "failed",
  "add",
  "update",
  "install",
] as const;
export type OperationKind = (typeof operationKinds)[number];

/** `<collection>/heads/<branch>` or `<collection>/checkouts/<checkout>`. */
export type RefName = `${CollectionId}/${"heads" | "checkouts"}/${string}`;

/** One compare-and-swap of a ref; null stands for "is not there". */
export interface RefMove {
  readonly name: RefName;
  readonly before: CommitId | null;
  readonly after: CommitId | null;
}

/** What an operation did to one path. */
export interface PathChange {
  readonly collection: CollectionId;
  /** Path in the collection; for a target's file, the path below the target's base. */
  readonly path: string;
  /** The target whose copy was changed (`claude:project`); null for the canonical file. */
  readonly target: string | null;
  /** `skill/pdf`, where the path belongs to an artifact: what the log of one artifact is found by. */
  readonly artifact: string | null;
  readonly before: FileEntry | null;
  readonly after: FileEntry | null;
}

/** One recorded change of the store, as it is submitted. */
export interface OperationDraft {
  /** Chosen by the client: writing the same operation again changes nothing (idempotence). */
  readonly id: OperationId;
  readonly collections: readonly CollectionId[];
  readonly actor: Actor;
  readonly kind: OperationKind;
  readonly reason: string | null;
  readonly message: string | null;
  readonly refs: readonly RefMove[];
  readonly changes: readonly PathChange[];
  readonly undoes: OperationId | null;
  /** Operations of one command share a group; null where there is only one. */
  readonly group: string | null;
  /** Facts a face may show (`git` branch and commits, strategy, policy); small. */
  readonly details: Readonly<Record<string, string>>;
}

/** An operation as the store recorded it. */
export interface Operation extends OperationDraft {
  /** Position in the store's log, from 1. */
  readonly sequence: number;
  readonly at: Micros;
  readonly atUncertain: boolean;
  /** The link before this one in each collection's chain, in the order of `collections`. */
  readonly parents: readonly (ChainHash | null)[];
  readonly chain: ChainHash;
}
