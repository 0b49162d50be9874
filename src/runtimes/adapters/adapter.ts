import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import type { FileMode } from "../../domain/files.ts";

/** A file with its bytes; for a symbolic link the bytes are its target text. */
export interface FileContent {
  readonly bytes: Uint8Array;
  readonly mode: FileMode;
}

/** Files by path: paths of the collection for canonical files, paths below the target's base for a target's. */
export type FileContents = ReadonlyMap<string, FileContent>;

/** Something the canonical file says that the runtime cannot express. Shown, and not drift. */
export interface DroppedField {
  readonly field: string;
  readonly why: string;
}

export type Rendering =
  | {
      readonly outcome: "rendered";
      /** What to write, with what is kept of the files that are there. */
      readonly files: FileContents;
      /** What would be written if nothing were there: what stet owns, and no more. */
      readonly fresh: FileContents;
      readonly dropped: readonly DroppedField[];
    }
  | { readonly outcome: "blocked"; readonly why: string };

export type Parsing =
  /** `foreign`: keys of the target that have no place in the canonical file and stay in the target. */
  | { readonly outcome: "parsed"; readonly files: FileContents; readonly foreign: readonly string[] }
  | { readonly outcome: "problem"; readonly why: string };

export interface RenderInput {
  readonly artifact: ArtifactReference;
  /** All canonical files of the artifact. */
  readonly files: FileContents;
  /** What lies at the target now; keys in there that stet does not own are kept. */
  readonly present: FileContents;
  /** The target path of a canonical path. */
  readonly targetPath: (canonicalPath: string) => string;
  /** Everything that the shared file holds which a value goes into; left out for files of their own. */
  readonly around?: unknown;
}

export interface ParseInput {
  readonly artifact: ArtifactReference;
  /** All files of the artifact at the target. */
  readonly files: FileContents;
  /** The canonical files that an edit is brought into; empty where there are none yet. */
  readonly previous: FileContents;
  /** The canonical path of a target path. */
  readonly canonicalPath: (targetPath: string) => string;
}

/**
 * Carries artifacts of one kind to a runtime and back. Pure and total: whatever the bytes are, the outcome
 * is a value.
 *
 * Invariants:
 * - parsing what was rendered gives the canonical bytes it was rendered from;
 * - rendering over what was rendered gives the same bytes: the second sync writes nothing;
 * - two files with one meaning differ in nothing that stet owns, and meaning is an equivalence.
 */
export interface ArtifactAdapter {
  readonly render: (input: RenderInput) => Rendering;
  readonly parse: (input: ParseInput) => Parsing;
  /**
   * What a target's file means, as a string to compare: equal strings, equal meaning. `fresh` is what
   * stet would write if nothing were there, which decides what it owns; null where it would write nothing.
   * Returns null where only the bytes count.
   */
  readonly meaning: (path: string, bytes: Uint8Array, fresh: Uint8Array | null) => string | null;
  /** Whether `meaning` can differ from the bytes for this path; where not, the file need not be read. */
  readonly hasMeaning: (path: string) => boolean;
  /** Whether the executable bit goes along; where not, it is no difference. */
  readonly keepsMode: boolean;
}
