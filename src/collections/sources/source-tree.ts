import type { FileMode } from "../../domain/files.ts";

/** One file of a source. Its bytes are read when they are wanted: no source is held in memory whole. */
export interface SourceFile {
  /** Path in the source, `/` between segments, as the source spells it: nothing is known of it yet. */
  readonly path: string;
  readonly mode: FileMode;
  /** In bytes. */
  readonly size: number;
  /** What the source itself knows the content by, where it does. */
  readonly hash: string | null;
}

/** One version of a source, fetched into a private place or read where it lies. */
export interface SourceTree {
  /** What the version is: null where the source has no such notion. */
  readonly commit: string | null;
  readonly tag: string | null;
  readonly version: string | null;
  /** When its publisher made it, in ISO 8601. */
  readonly released: string | null;
  readonly publisher: string | null;
  readonly licence: string | null;
  /** Its files by path, in no order. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** What stands in the way of some of it being taken: paths that no collection can hold, submodules. */
  readonly left: readonly { readonly path: string; readonly why: string }[];
  /** The source's own hash of a folder or file in it; null where it has none. */
  readonly hashOf: (path: string) => string | null;
  readonly read: (file: SourceFile) => Promise<Uint8Array>;
}

/** Which version of a source is wanted. At most one of them is given; neither for the source's default. */
export interface WantedVersion {
  /** A branch, tag or commit. */
  readonly ref: string | null;
  /** A range of versions. */
  readonly range: string | null;
  /** As it was typed: the source itself decides whether that is a ref or a range. */
  readonly typed?: string | null;
}

/** The version of a source that is wanted, before anything of it is fetched. */
export interface ResolvedSource {
  readonly commit: string | null;
  readonly tag: string | null;
  readonly version: string | null;
  /** What was asked, with what was typed told apart. */
  readonly asked: { readonly ref: string | null; readonly range: string | null };
  /** Where the source's tags point now. */
  readonly tags: ReadonlyMap<string, string>;
  readonly open: () => Promise<SourceTree & AsyncDisposable>;
}

/** What a source is given by its caller: nothing is read from the process. */
export interface SourceContext {
  /** A new folder that only this user can read, for what is fetched; removed by the caller. */
  readonly folder: () => Promise<string>;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  /** What a relative folder or archive is looked up from. */
  readonly baseFolder: string;
  readonly interrupt: AbortSignal | null;
  readonly progress: (what: string) => void;
}
