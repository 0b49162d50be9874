/** What is asked of the project, or of the home folder. Paths are below it. */
export interface KeeperLook {
  readonly exists: (path: string) => boolean;
  /** Null where there is no such file, or it cannot be read. */
  readonly text: (path: string) => string | null;
  /** The names in a folder; none where there is no such folder. */
  readonly names: (folder: string) => readonly string[];
  /** Where a symbolic link points to; null where it is none. */
  readonly link: (path: string) => string | null;
}
