import type { Actor } from "../domain/actors.ts";
import type { Micros } from "../domain/clock.ts";
import type { FileEntry } from "../domain/files.ts";
import type { BlobId, CheckoutId, CollectionId, CommitId, ConflictId, OperationId } from "../domain/ids.ts";

/** `root`, or the target it is: `claude:project`. */
export type PlaceName = string;

/** One working copy of a collection on this machine. */
export interface Checkout {
  readonly id: CheckoutId;
  readonly collection: CollectionId;
  readonly name: string;
  /** The project folder, or the home folder for the user scope: absolute, real path. */
  readonly base: string;
  /** The folder with the canonical files: absolute, real path. */
  readonly root: string;
  /** Device and inode of the root: a root that is another folder is `detached`. */
  readonly device: string;
  readonly inode: string;
  readonly branch: string;
  /** The commit whose files it has on disk; null before the first. */
  readonly materialised: CommitId | null;
  /** What git's HEAD was when it was captured last; null outside git. */
  readonly gitHead: string | null;
}

/** A file's identity and times as `lstat` gives them; nanoseconds, device and inode as decimal strings of bigints. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly device: bigint;
  readonly inode: bigint;
  readonly mode: number;
}

/** What a place held when it was looked at last. */
export interface IndexEntry {
  readonly path: string;
  readonly stamp: FileStamp;
  readonly blob: BlobId;
  /** When it was looked at: a file whose mtime or ctime is not older than this is racy and is hashed again. */
  readonly seenAt: Micros;
  /** Only a path that stet wrote here or captured here, and that is gone, is a deletion. */
  readonly materialised: boolean;
}

/** What stet wrote last to a target's path, and from which canonical entry. */
export interface WrittenEntry {
  readonly path: string;
  readonly artifact: string;
  readonly written: FileEntry;
  /** Canonical version (snapshot id of the artifact's entries) that it was rendered from. */
  readonly source: string;
}

export type JournalDirection = "forth" | "back";

/** One file of an operation that is being put in place. A path has at most one pending row. */
export interface JournalRow {
  readonly operation: OperationId;
  readonly ordinal: number;
  readonly checkout: CheckoutId;
  readonly place: PlaceName;
  readonly path: string;
  /** Absolute path on disk of the file or, for a new folder that is put whole, of that folder. */
  readonly disk: string;
  readonly before: FileEntry | null;
  readonly after: FileEntry | null;
  /** Absolute path of the staged file; null for a deletion. */
  readonly staged: string | null;
  readonly stagedInode: bigint | null;
  /** Absolute path to which what is displaced is set aside; null for a new file. */
  readonly aside: string | null;
  /** Folder staged whole that this row's file is part of: its final path on disk. Null for a single file. */
  readonly folder: string | null;
  readonly stuck: string | null;
}

export interface PendingOperation {
  readonly operation: OperationId;
  readonly direction: JournalDirection;
  readonly rows: readonly JournalRow[];
}

/** Changes of this machine's own records. In the embedded store they ride in the transaction of a history write. */
export interface LocalBatch {
  readonly checkouts?: readonly Checkout[];
  readonly dropCheckouts?: readonly CheckoutId[];
  readonly index?: readonly {
    readonly checkout: CheckoutId;
    readonly place: PlaceName;
    readonly put: readonly IndexEntry[];
    readonly drop: readonly string[];
  }[];
  readonly written?: readonly {
    readonly checkout: CheckoutId;
    readonly place: PlaceName;
    readonly put: readonly WrittenEntry[];
    readonly drop: readonly string[];
  }[];
  readonly journal?: readonly PendingOperation[];
  readonly turnJournal?: readonly { readonly operation: OperationId; readonly direction: JournalDirection }[];
  readonly dropJournal?: readonly OperationId[];
  readonly stuck?: readonly {
    readonly operation: OperationId;
    readonly ordinal: number;
    readonly why: string;
  }[];
  /** Set-aside files to look at again after a grace period; `drop` by absolute path. */
  readonly asides?: readonly Aside[];
  readonly dropAsides?: readonly string[];
  /** Texts that were refused, whose content is in the store (`Store.putAhead`). */
  readonly keep?: readonly KeptText[];
  readonly dropKept?: readonly ConflictId[];
  readonly drafts?: readonly Draft[];
  readonly dropDrafts?: readonly Pick<Draft, "collection" | "artifact" | "client">[];
}

/** A text that was submitted and refused: kept by policy, though no operation has it. */
export interface KeptText {
  /** The id of the conflict that it becomes once somebody asks for one. */
  readonly id: ConflictId;
  readonly collection: CollectionId;
  readonly path: string;
  readonly base: FileEntry | null;
  readonly yours: FileEntry;
  readonly actor: Actor;
  readonly at: Micros;
}

/** What somebody is writing and has not saved. */
export interface Draft {
  readonly collection: CollectionId;
  /** `skill/pdf`. */
  readonly artifact: string;
  /** Who holds it: one tab of a browser, one editor. */
  readonly client: string;
  /** The version that it was begun on; null for a new artifact. */
  readonly base: string | null;
  readonly text: string;
  readonly at: Micros;
}

/** A displaced file whose bytes are in the store, kept for a while because an editor may hold it open. */
export interface Aside {
  readonly disk: string;
  readonly checkout: CheckoutId;
  readonly place: PlaceName;
  readonly path: string;
  readonly blob: BlobId;
  readonly since: Micros;
}

/** This machine's records: working copies, their indexes, what was written to targets, the journal. */
export interface CheckoutStore {
  readonly checkouts: () => Promise<readonly Checkout[]>;
  readonly index: (checkout: CheckoutId, place: PlaceName) => Promise<readonly IndexEntry[]>;
  readonly written: (checkout: CheckoutId, place: PlaceName) => Promise<readonly WrittenEntry[]>;
  readonly pending: (checkout?: CheckoutId) => Promise<readonly PendingOperation[]>;
  readonly asides: (checkout: CheckoutId) => Promise<readonly Aside[]>;
  /** Newest first. */
  readonly kept: (collection: CollectionId) => Promise<readonly KeptText[]>;
  /** Newest first. */
  readonly drafts: (collection: CollectionId) => Promise<readonly Draft[]>;
  /**
   * Writes local records alone. `durable: false` lets them ride on the next durable transaction: they may be
   * lost with the power, never torn, and what they say can be found out again.
   */
  readonly apply: (batch: LocalBatch, options: { readonly durable: boolean }) => Promise<void>;
}
