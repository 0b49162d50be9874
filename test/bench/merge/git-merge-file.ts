import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { git } from "../git-peer.ts";

export interface GitMerge {
  /** Null where git stopped. */
  readonly text: string | null;
  readonly milliseconds: number;
}

/** What `git merge-file` makes of three texts, in a process of its own. Throws where it could not run. */
export function gitMergeFile(
  folder: string,
  texts: { readonly base: string; readonly yours: string; readonly theirs: string },
): GitMerge {
  const names = ["theirs", "base", "yours"] as const;
  for (const name of names) writeFileSync(join(folder, name), texts[name]);
  const { words, variables } = git(folder, "merge-file", "-p", ...names);
  const [program = "", ...rest] = words;
  const begin = performance.now();
  const answer = spawnSync(program, rest, {
    cwd: folder,
    env: variables,
    encoding: "utf8",
    maxBuffer: 2 ** 27,
  });
  const milliseconds = performance.now() - begin;
  if (answer.status === null || answer.status > 127)
    throw new Error(`git merge-file failed: ${answer.stderr}`);
  return { text: answer.status === 0 ? answer.stdout : null, milliseconds };
}
