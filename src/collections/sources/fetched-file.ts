/** One file of what a source handed over, before anything of it is believed. */
export interface FetchedFile {
  /** Inside the artifact, as the source spells it: not yet known to be a path at all. */
  readonly path: string;
  /** As `lstat` or the source's own listing gives it, the kind of the file included. */
  readonly mode: number;
  /** In bytes; for a link, of its target text. */
  readonly size: number;
  /** The bytes, of a link its target text. Called when they are needed, so that one file is held at a time. */
  readonly read: () => Promise<Uint8Array>;
}
