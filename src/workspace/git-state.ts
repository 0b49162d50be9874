/**
 * What git is doing around a folder. Invariant: git's files are only ever read, and git is never run.
 * Formats: gitrepository-layout(5), gitglossary(7).
 */
import { dirname, resolve } from "node:path";
import { type Disk, errorName } from "./disk.ts";

export interface GitState {
  /** The working tree's top folder. */
  readonly top: string;
  /** The repository's folder of this working tree, and the one it shares with others. */
  readonly gitFolder: string;
  readonly commonFolder: string;
  /** Full hex id; null where there is no commit yet, or it cannot be told (reftable). */
  readonly headCommit: string | null;
  /** Null where HEAD is detached. */
  readonly headBranch: string | null;
  /** The file that shows that git is in the middle of something (`MERGE_HEAD`, `index.lock`); else null. */
  readonly inTheMiddleOf: string | null;
}

const signs = [
  "index.lock",
  "MERGE_HEAD",
  "rebase-merge",
  "rebase-apply",
  "CHERRY_PICK_HEAD",
  "REVERT_HEAD",
  "BISECT_LOG",
] as const;

/** Reads the state of the repository that `folder` (absolute) lies in; null where it lies in none. */
export function readGitState(disk: Disk, folder: string): GitState | null {
  const found = findRepository(disk, folder);
  if (found === null) return null;
  const { gitFolder } = found;
  const shared = readLine(disk, `${gitFolder}/commondir`);
  const commonFolder = shared === null ? gitFolder : resolve(gitFolder, shared);
  const inTheMiddleOf = signs.find((sign) => exists(disk, `${gitFolder}/${sign}`)) ?? null;
  return { ...found, commonFolder, ...readHead(disk, gitFolder, commonFolder), inTheMiddleOf };
}

function findRepository(disk: Disk, folder: string): { top: string; gitFolder: string } | null {
  for (let top = folder; ; top = dirname(top)) {
    const gitFolder = repositoryAt(disk, top);
    if (gitFolder !== null) return { top, gitFolder };
    if (top === dirname(top)) return null;
  }
}

/** `.git` is the repository's folder or, in a worktree or submodule, a file that names it. */
function repositoryAt(disk: Disk, top: string): string | null {
  const path = `${top}/.git`;
  const kind = kindOf(disk, path);
  if (kind === "folder" || kind === "symlink") return exists(disk, `${path}/HEAD`) ? path : null;
  if (kind !== "file") return null;
  const target = /^gitdir: (.+)$/.exec(readLine(disk, path) ?? "")?.[1];
  return target === undefined ? null : resolve(top, target);
}

function readHead(disk: Disk, gitFolder: string, commonFolder: string) {
  const head = readLine(disk, `${gitFolder}/HEAD`) ?? "";
  const ref = /^ref: (refs\/\S+)$/.exec(head)?.[1];
  if (ref === undefined) return { headCommit: commitIn(head), headBranch: null };
  const loose = readLine(disk, `${commonFolder}/${ref}`) ?? readLine(disk, `${gitFolder}/${ref}`);
  const headCommit = loose === null ? packedCommit(disk, commonFolder, ref) : commitIn(loose);
  // In a repository with reftable HEAD names this branch, which cannot exist, on purpose.
  const isReftable = ref === "refs/heads/.invalid";
  return { headCommit, headBranch: isReftable ? null : ref.replace(/^refs\/heads\//, "") };
}

function packedCommit(disk: Disk, commonFolder: string, ref: string): string | null {
  const text = readText(disk, `${commonFolder}/packed-refs`) ?? "";
  const line = text.split("\n").find((one) => one.endsWith(` ${ref}`));
  return line === undefined ? null : commitIn(line.slice(0, line.indexOf(" ")));
}

function commitIn(text: string): string | null {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : null;
}

function kindOf(disk: Disk, path: string) {
  try {
    return disk.lstat(path)?.kind ?? null;
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    return null;
  }
}

function exists(disk: Disk, path: string): boolean {
  return kindOf(disk, path) !== null;
}

function readText(disk: Disk, path: string): string | null {
  try {
    return new TextDecoder().decode(disk.read(path).bytes);
  } catch (error) {
    if (errorName(error) === undefined) throw error;
    return null;
  }
}

function readLine(disk: Disk, path: string): string | null {
  return readText(disk, path)?.split("\n")[0]?.trimEnd() ?? null;
}
