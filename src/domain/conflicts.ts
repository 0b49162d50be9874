import type { Actor } from "./actors.ts";
import type { Micros } from "./clock.ts";
import type { FileEntry } from "./files.ts";
import type { CollectionId, ConflictId, OperationId } from "./ids.ts";

/** What a unit becomes once it is settled; `both` is theirs, then yours. */
export type UnitChoice = "yours" | "theirs" | "both" | { readonly text: string };

/** One spot where two writers overlap. Empty lists of units mean that the whole file is the unit. */
export interface ConflictUnit {
  readonly rule: string;
  readonly where: string;
  readonly base: string | null;
  readonly yours: string | null;
  readonly theirs: string | null;
  /** Set where the spot grants power: no policy settles it. */
  readonly mark: "security" | null;
  /** What was chosen already, while other units of the conflict are open. */
  readonly choice: UnitChoice | null;
}

/** A stored conflict: resumable from anywhere, and both sides kept. */
export interface Conflict {
  readonly id: ConflictId;
  readonly collection: CollectionId;
  readonly path: string;
  readonly artifact: string | null;
  readonly base: FileEntry | null;
  readonly yours: FileEntry | null;
  readonly theirs: FileEntry | null;
  readonly yoursActor: Actor;
  readonly theirsActor: Actor;
  readonly rule: string;
  readonly units: readonly ConflictUnit[];
  readonly openedBy: OperationId;
  readonly openedAt: Micros;
  readonly settledBy: OperationId | null;
}
