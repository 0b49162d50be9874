import { join } from "node:path";
import { hexOfBytes } from "../domain/hex.ts";
import { type Disk, errorName } from "./disk.ts";
import { quietly, unlinkIfThere } from "./names.ts";
import { ensureWorkFolder } from "./work-folder.ts";

/** What the file system of a checkout can do, found out by trying. */
export interface FileSystemFeatures {
  /** Whether `a` and `A` are two files. */
  readonly holdsCaseApart: boolean;
  /** Whether the composed and the decomposed form of a letter are two files. */
  readonly holdsUnicodeFormsApart: boolean;
  readonly keepsExecutableBit: boolean;
  readonly hasHardLinks: boolean;
  readonly hasSymlinks: boolean;
  /** Whether two names can be swapped atomically. */
  readonly hasSwap: boolean;
}

/** Tries out the file system of a work folder. The caller holds its lock; nothing stays behind. */
export async function probeFeatures(
  disk: Disk,
  work: string,
  random: (count: number) => Uint8Array,
): Promise<FileSystemFeatures> {
  const folder = await ensureWorkFolder(disk, work);
  const stem = join(folder, `probe-${hexOfBytes(random(8))}`);
  const names = ["-x", "-\u00e9", "-exec", "-link", "-symlink", "-other"].map((end) => stem + end);
  const [plain = stem, composed = stem, executable = stem, link = stem, symlink = stem, other = stem] = names;
  const make = (path: string, mode = 0o644) => {
    disk.close(disk.createFile(path, new Uint8Array(), mode));
    return true;
  };
  try {
    make(plain);
    make(other);
    return {
      holdsCaseApart: disk.lstat(`${stem}-X`) === null,
      holdsUnicodeFormsApart: works(() => make(composed)) && disk.lstat(`${stem}-e\u0301`) === null,
      keepsExecutableBit: works(() => make(executable, 0o755)) && disk.lstat(executable)?.mode === 0o100755,
      hasHardLinks: works(() => disk.link(plain, link)),
      hasSymlinks: works(() => disk.createLink("target", symlink)),
      hasSwap: disk.exchange !== null && works(() => disk.exchange?.(plain, other)),
    };
  } finally {
    for (const name of names) quietly(() => unlinkIfThere(disk, name));
  }
}

function works(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    return false;
  }
}
