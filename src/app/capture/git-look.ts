import { type GitState, readGitState } from "../../workspace/git-state.ts";
import { unmergedPaths } from "../../workspace/git-unmerged.ts";
import { diskPath, isWithin } from "../../workspace/place-paths.ts";
import type { FileEdit } from "../record/change.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { type GitTree, isGitFile, readGitTree } from "./git-tree.ts";

/** What git did, or is doing, around a root since it was looked at last. */
export interface GitLook extends GitState {
  /** Whether HEAD is another commit than at the last look. False while git is in the middle of something. */
  readonly hasMoved: boolean;
}

/** Looks at git around the root; null where there is none, and for private drafts, which git does not see. */
export function lookAtGit(bench: Workbench): GitLook | null {
  if (bench.located.scope === "local") return null;
  const state = readGitState(bench.disk, bench.checkout.base);
  if (state === null) return null;
  const hasMoved = state.inTheMiddleOf === null && state.headCommit !== bench.checkout.gitHead;
  return { ...state, hasMoved };
}

/** The edits that git made: what equals the commit that HEAD moved to. All others are somebody's. */
export async function editsByGit(
  bench: Workbench,
  git: GitLook,
  edits: readonly FileEdit[],
): Promise<ReadonlySet<FileEdit>> {
  const { headCommit } = git;
  const { gitHead } = bench.checkout;
  if (!git.hasMoved || headCommit === null || edits.length === 0) return new Set();
  const wanted = new Map(edits.flatMap((edit) => withGitPath(bench, git, edit)));
  const now = await treeOf(bench, git, headCommit, wanted);
  if (now === null) return new Set();
  const isGone = edits.some((edit) => edit.after === null);
  const before = isGone && gitHead !== null ? await treeOf(bench, git, gitHead, wanted) : null;
  const byGit = new Set<FileEdit>();
  for (const edit of edits) {
    if (await isByGit(bench, edit, { path: wanted.get(edit) ?? null, now, before })) byGit.add(edit);
  }
  return byGit;
}

/** A file is gone by git only if git had it before: the loss of any other is nobody's that is known. */
async function isByGit(
  bench: Workbench,
  edit: FileEdit,
  {
    path,
    now,
    before,
  }: { readonly path: string | null; readonly now: GitTree; readonly before: GitTree | null },
): Promise<boolean> {
  if (path === null) return false;
  const file = now.get(path);
  if (edit.after === null) return file === undefined && before?.has(path) === true;
  if (file === undefined) return false;
  const bytes = edit.bytes ?? (await bench.readBlob(edit.after.blob));
  return bytes !== undefined && isGitFile(file, edit.after, bytes);
}

function withGitPath(bench: Workbench, git: GitLook, edit: FileEdit): readonly [FileEdit, string][] {
  const path = diskPath(bench.root, edit.path);
  return isWithin(git.top, path) ? [[edit, path.slice(git.top.length + 1)]] : [];
}

/** Asks for the root as a whole and for each file outside it, so that the list of words stays short. */
async function treeOf(
  bench: Workbench,
  git: GitLook,
  commit: string,
  wanted: ReadonlyMap<FileEdit, string>,
): Promise<GitTree | null> {
  const root = bench.checkout.root.slice(git.top.length + 1);
  const paths = [...wanted.values()].filter((path) => !isWithin(root, path));
  return await readGitTree(bench.environment, git.top, commit, [root, ...paths.slice(0, 1000)]);
}

/** Why nothing is pushed now: what git has in the working tree is on its way to something else. */
export function pushHold(bench: Workbench): string | null {
  const sign = lookAtGit(bench)?.inTheMiddleOf ?? null;
  return sign === null
    ? null
    : `git is in the middle of something (${sign}); nothing is pushed before it is done`;
}

/** Collection paths that git has not merged yet. */
export function unmergedFiles(bench: Workbench): ReadonlySet<string> {
  const git = lookAtGit(bench);
  if (git === null) return new Set();
  const paths = new Set<string>();
  for (const path of unmergedPaths(bench.disk, git.gitFolder, git.headCommit)) {
    const disk = `${git.top}/${path}`;
    const { root, base } = bench.checkout;
    if (isWithin(root, disk)) paths.add(disk.slice(root.length + 1));
    else if (isWithin(base, disk)) paths.add(`@project/${disk.slice(base.length + 1)}`);
  }
  return paths;
}
