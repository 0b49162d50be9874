import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Command, plainVariables, run } from "./command.ts";

/** What git is asked for: every object, index and ref on disk before it answers, and no work behind our back. */
const settings = {
  "core.fsync": "all",
  "core.fsyncMethod": "fsync",
  "gc.auto": "0",
  "maintenance.auto": "false",
  "core.autocrlf": "false",
};

/** A git command in a folder, without anybody's own settings. */
export function git(folder: string, ...words: readonly string[]): Command {
  const chosen = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const variables = {
    ...plainVariables(),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_AUTHOR_NAME: "bench",
    GIT_AUTHOR_EMAIL: "bench@example.invalid",
    GIT_COMMITTER_NAME: "bench",
    GIT_COMMITTER_EMAIL: "bench@example.invalid",
  };
  return { words: ["git", ...chosen, ...words], folder, variables };
}

export function gitInit(folder: string, objectFormat: "sha1" | "sha256" = "sha1"): void {
  mkdirSync(folder, { recursive: true });
  run([git(folder, "init", "-q", "-b", "main", `--object-format=${objectFormat}`)]);
}

export function gitAddAndCommit(folder: string): readonly Command[] {
  return [git(folder, "add", "-A"), git(folder, "commit", "-q", "-m", "save")];
}

/** Puts every file back, then makes each durable: git's checkout itself syncs none of them. */
export function gitCheckoutDurably(folder: string): readonly Command[] {
  const sync = "find . -path ./.git -prune -o -type f -print0 | xargs -0 sync";
  const { variables } = git(folder);
  return [git(folder, "checkout", "-q", "--", "."), { words: ["sh", "-c", sync], folder, variables }];
}

/** Writes what a commit holds into a folder, to be compared. */
export function gitExport(folder: string, into: string): void {
  mkdirSync(into, { recursive: true });
  const { variables } = git(folder);
  const archive = join(into, "..", "archive.tar");
  run([
    git(folder, "archive", "--format=tar", "-o", archive, "HEAD"),
    { words: ["tar", "-xf", archive, "-C", into], folder, variables },
    { words: ["rm", archive], folder, variables },
  ]);
}
