import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { disk, temporaryProject } from "../../test/workspace/temporary-place.ts";
import { hasConflictMarkers } from "./conflict-markers.ts";
import { readGitState } from "./git-state.ts";

const settings = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"];

function git(folder: string, ...words: string[]): string {
  return execFileSync("git", ["-C", folder, ...settings, ...words], {
    encoding: "utf8",
    stdio: "pipe",
  }).trim();
}

function attempt(folder: string, ...words: string[]): void {
  try {
    git(folder, ...words);
  } catch {
    // A merge that stops at a conflict exits with an error: that is what is looked at.
  }
}

function commit(folder: string, text: string): string {
  writeFileSync(join(folder, "file.md"), text);
  git(folder, "add", "file.md");
  git(folder, "commit", "-m", "text");
  return git(folder, "rev-parse", "HEAD");
}

test("outside a repository there is none", () => {
  using project = temporaryProject();
  expect(readGitState(disk, project.root)).toBeNull();
});

test("HEAD's branch and commit, before the first commit, loose, packed and detached", () => {
  using project = temporaryProject();
  const folder = project.project;
  git(folder, "init", "-q");
  expect(readGitState(disk, project.root)).toMatchObject({
    headCommit: null,
    headBranch: "main",
    top: folder,
  });
  const first = commit(folder, "1");
  expect(readGitState(disk, project.root)).toMatchObject({ headCommit: first, headBranch: "main" });
  git(folder, "pack-refs", "--all");
  expect(readGitState(disk, project.root)).toMatchObject({ headCommit: first, inTheMiddleOf: null });
  git(folder, "checkout", "-q", "--detach");
  expect(readGitState(disk, project.root)).toMatchObject({ headCommit: first, headBranch: null });
});

test("a worktree has a HEAD of its own and shares the rest", () => {
  using project = temporaryProject();
  const folder = project.project;
  git(folder, "init", "-q");
  commit(folder, "1");
  git(folder, "worktree", "add", "-q", "-b", "side", join(folder, "tree"));
  const second = commit(join(folder, "tree"), "2");
  const state = readGitState(disk, join(folder, "tree"));
  expect(state).toMatchObject({ headBranch: "side", headCommit: second, commonFolder: join(folder, ".git") });
  expect(readGitState(disk, folder)?.headBranch).toBe("main");
  mkdirSync(join(folder, "tree/deep/er"), { recursive: true });
  expect(readGitState(disk, join(folder, "tree/deep/er"))?.top).toBe(join(folder, "tree"));
});

test("says what git is in the middle of: merge, rebase, cherry-pick, bisect, a running command", () => {
  using project = temporaryProject();
  const folder = project.project;
  git(folder, "init", "-q");
  commit(folder, "base");
  git(folder, "checkout", "-q", "-b", "other");
  const theirs = commit(folder, "theirs");
  git(folder, "checkout", "-q", "main");
  commit(folder, "ours");
  const middle = () => readGitState(disk, folder)?.inTheMiddleOf;
  attempt(folder, "merge", "other");
  expect(middle()).toBe("MERGE_HEAD");
  expect(hasConflictMarkers(execFileSync("cat", [join(folder, "file.md")], { encoding: "utf8" }))).toBe(true);
  git(folder, "merge", "--abort");
  expect(middle()).toBeNull();
  attempt(folder, "rebase", "other");
  expect(middle()).toBe("rebase-merge");
  git(folder, "rebase", "--abort");
  attempt(folder, "cherry-pick", theirs);
  expect(middle()).toBe("CHERRY_PICK_HEAD");
  git(folder, "cherry-pick", "--abort");
  git(folder, "bisect", "start");
  expect(middle()).toBe("BISECT_LOG");
  git(folder, "bisect", "reset");
  writeFileSync(join(folder, ".git/index.lock"), "");
  expect(middle()).toBe("index.lock");
});

test("only all three markers in order make a conflict; a Markdown heading does not", () => {
  expect(hasConflictMarkers("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n")).toBe(true);
  expect(hasConflictMarkers("<<<<<<< HEAD\r\na\r\n=======\r\nb\r\n>>>>>>> other\r\n")).toBe(true);
  expect(hasConflictMarkers("Title\n=======\n\n>>>>>>> quoted\n")).toBe(false);
  expect(hasConflictMarkers("  <<<<<<< HEAD\n=======\n>>>>>>> x\n")).toBe(false);
});
