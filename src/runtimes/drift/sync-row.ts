import type { ArtifactKind } from "../../domain/artifact-kinds.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import type { WrittenEntry } from "../../store/checkout-store.ts";
import type { DroppedField } from "../adapters/adapter.ts";
import type { OverrideFile } from "../placement/override-path.ts";
import type { TargetId, TargetPlan } from "../placement/target.ts";
import type { SettingsLook } from "../settings/settings-file.ts";
import type { Drift } from "./drift-state.ts";

/** One canonical artifact, by hash. */
export interface CanonicalArtifact {
  readonly kind: ArtifactKind;
  readonly name: string;
  /** Snapshot id of its own entries: what `WrittenEntry.source` is compared with. */
  readonly version: string;
  /** Its files by collection path. */
  readonly files: ReadonlyMap<string, FileEntry>;
  /** Why it may not be written to a runtime (a secret, an open conflict, unsettled); null where it may. */
  readonly blocked: string | null;
  /** Whole files that take the place of a translation, by runtime. */
  readonly overrides?: ReadonlyMap<string, OverrideFile>;
  /** The frontmatter's `name` where the caller knows it, null where there is none; left out to have it read. */
  readonly declaredName?: string | null;
}

export interface TargetInput {
  readonly plan: TargetPlan;
  readonly artifacts: readonly CanonicalArtifact[];
  /** What lies in the target's scanned parts, by path below its base. */
  readonly present: ReadonlyMap<string, FileEntry>;
  /** What stet wrote last, or found to agree. */
  readonly written: readonly WrittenEntry[];
  /** True where the target's folder is the root itself by device and inode (a symlink): all is native. */
  readonly isRoot?: boolean;
  /** The target's shared files; left out by callers, `targetRows` reads them. */
  readonly settings?: SettingsLook;
  /** Every row is read in full, so that each tells what the target cannot express. */
  readonly thorough?: boolean;
  /** Bytes of a blob of the store or of the scanned disk; undefined for what cannot be read. */
  readonly readBlob: (id: BlobId) => Promise<Uint8Array | undefined>;
}

/** What a file is to hold. `bytes` is null where the blob is one that the caller has already. */
export interface NewContent {
  readonly entry: FileEntry;
  readonly bytes: Uint8Array | null;
}

/** One file of the target that `push` would write. `before` is what was seen there. */
export interface TargetWrite {
  readonly path: string;
  readonly before: FileEntry | null;
  readonly after: NewContent;
}

/** One canonical file that `pull` would change; `after` null removes it. */
export interface CanonicalEdit {
  readonly path: string;
  readonly before: FileEntry | null;
  readonly after: NewContent | null;
}

/**
 * One file of the target that `push` would remove: stet wrote it, or found it to agree (`adopted`: it was
 * there before stet was), and it is still as it was then.
 */
export interface TargetRemoval {
  readonly path: string;
  readonly before: FileEntry;
  readonly adopted: boolean;
}

/** The files that a row was found from. Where any of them is another, the row has to be found again. */
export interface SeenFiles {
  readonly store: ReadonlyMap<string, FileEntry>;
  readonly target: ReadonlyMap<string, FileEntry>;
}

/**
 * One artifact at one target, and what each direction would do. Which of them happens is decided above:
 * `push` does `write` and `remove`, `pull` does `take`. `sync` does `write` for `behind` and for `missing` of
 * side `store`, `take` for `ahead`; never `remove`, and nothing for `extra`, whose `take` is only an offer.
 */
export interface TargetRow {
  readonly kind: ArtifactKind;
  readonly name: string;
  readonly target: TargetId;
  readonly drift: Drift;
  /** What it was found from: the canonical files by collection path, and those at the target. */
  readonly seen: SeenFiles;
  /** What the target cannot express; null where nothing was read because hashes showed that nothing moved. */
  readonly dropped: readonly DroppedField[] | null;
  readonly write: readonly TargetWrite[];
  readonly take: readonly CanonicalEdit[];
  /** Why the target's edit cannot be taken in; null where it can. */
  readonly takeProblem: string | null;
  readonly remove: readonly TargetRemoval[];
  /**
   * What to record once `write` and `remove` are done: every file of the artifact, with its version. Records of
   * what was removed go.
   */
  readonly recordAfterPush: readonly WrittenEntry[];
  /** Canonical version that both sides agreed on last: the base of a merge. Null before the first time. */
  readonly base: string | null;
  /** To record with the next write or look: files that agree now without a record that says so. */
  readonly record: readonly WrittenEntry[];
  /** Records of files that are gone on both sides. */
  readonly forget: readonly string[];
}
