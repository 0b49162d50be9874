import type { Actor } from "../../domain/actors.ts";
import type { Conflict } from "../../domain/conflicts.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { CommitId, ConflictId, OperationId } from "../../domain/ids.ts";
import type { OperationKind, RefMove } from "../../domain/operations.ts";
import type { CollectionPath } from "../../domain/paths.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import type { FileDecision } from "../../snapshot/snapshot-merge.ts";
import type { LocalBatch } from "../../store/checkout-store.ts";
import type { Pin } from "../../store/history-store.ts";
import type { Place } from "../../workspace/place.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** What becomes of one canonical file. `bytes` is null where the store has the blob already. */
export interface FileEdit {
  readonly path: CollectionPath;
  readonly after: FileEntry | null;
  readonly bytes: Uint8Array | null;
  /** The disk has it already, as a capture found it: nothing is put there. */
  readonly onDisk?: true;
  /** What lies on disk where it is not what history holds: it is kept, and replaced. */
  readonly found?: FileEntry;
}

/** What becomes of one file of a target. */
export interface TargetEdit {
  readonly place: Place;
  readonly path: string;
  /** Null for a file of the runtime's own, in which stet owns a key. */
  readonly artifact: string | null;
  readonly before: FileEntry | null;
  readonly after: FileEntry | null;
  readonly bytes: Uint8Array | null;
}

/** One change of a collection, about to become one operation. */
export interface Change {
  /** The operation's id, where the caller chose it; by default a new one. */
  readonly id?: OperationId;
  readonly kind: OperationKind;
  /** Who asked for it; by default the caller. */
  readonly actor?: Actor;
  /** Who wrote what the commit holds, where that is another: the writer of an edit that is taken in. */
  readonly author?: Actor;
  readonly message?: string | null;
  readonly reason?: string | null;
  readonly edits: readonly FileEdit[];
  readonly targets?: readonly TargetEdit[];
  /** Local records that are true once this is written. */
  readonly local?: LocalBatch;
  readonly undoes?: OperationId | null;
  readonly group?: string | null;
  readonly details?: Readonly<Record<string, string>>;
  /** Edits of another collection that belong to the same operation. Its lock is held as well. */
  readonly beside?: { readonly bench: Workbench; readonly edits: readonly FileEdit[] };
  /** The other parent of a merge. */
  readonly mergeParent?: CommitId | null;
  /** Goes to a commit that is there already in place of making one, and to that branch. */
  readonly goTo?: { readonly commit: CommitId; readonly branch: string };
  /** Moves of branches beside that of the checkout's own. */
  readonly refs?: readonly RefMove[];
  readonly pins?: readonly Pick<Pin, "name" | "commit" | "note">[];
  readonly unpins?: readonly string[];
  /** Made from the id of the operation that opens them. */
  readonly conflicts?: (operation: OperationId) => readonly Conflict[];
  readonly settles?: readonly ConflictId[];
  /** What a merge decided inside files: kept with the operation, and answered. */
  readonly decisions?: readonly FileDecision[];
  /** Blobs that belong to no path: the text of a conflict's other side. */
  readonly keep?: readonly NewObject[];
  /** Recorded even where no file changes: a pin, a branch, a settled conflict. */
  readonly evenIfEmpty?: boolean;
}
