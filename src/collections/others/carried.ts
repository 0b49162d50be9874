import type { ArtifactReference } from "../../domain/artifact-kinds.ts";

/** Something of a third party that another tool brought here, in the words of our manifest and lock. */
export interface CarriedUpstream {
  /** Null where the entry means whatever its source holds at the path. */
  readonly artifact: ArtifactReference | null;
  /** An address as the manifest keeps it: `https://github.com/owner/repo`, `folder:../shared`, `marketplace:...#plugin`. */
  readonly source: string;
  readonly ref: string | null;
  readonly range: string | null;
  /** Where it lies in the source; empty for the source's top. */
  readonly path: string;
  readonly pin: string | null;
  readonly resolved: CarriedVersion;
  /** Where its files lie now, as the other tool says: a path, absolute or below what was imported. Null where it does not say. */
  readonly files: string | null;
}

/** What the other tool noted of the version that is installed; null where it noted nothing. */
export interface CarriedVersion {
  readonly commit: string | null;
  readonly tag: string | null;
  readonly version: string | null;
  /** Git's own hash of the path. */
  readonly tree: string | null;
  readonly licence: string | null;
  readonly publisher: string | null;
  /** When it was installed, in ISO 8601. */
  readonly at: string | null;
}

export const unknownVersion: CarriedVersion = {
  commit: null,
  tag: null,
  version: null,
  tree: null,
  licence: null,
  publisher: null,
  at: null,
};

/** What could not be carried over, and why: shown to the user, who decides. */
export interface LeftBehind {
  readonly what: string;
  readonly why: string;
}

/** What an import of another tool's file gives. */
export interface Carried {
  readonly upstreams: readonly CarriedUpstream[];
  /** Artifacts without a source of their own: their files become ours. */
  readonly own: readonly { readonly artifact: ArtifactReference; readonly files: string }[];
  readonly left: readonly LeftBehind[];
}

/** A file of another tool that cannot be read; nothing of it is carried. */
export type CarriedProblem = { readonly why: string };
