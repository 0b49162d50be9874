import { claimedActor } from "../../domain/actors.ts";
import type { LocalBatch } from "../../store/checkout-store.ts";
import { type ChangeOutcome, nothingChanged } from "../outcomes.ts";
import type { FileEdit } from "../record/change.ts";
import { record } from "../record/record.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { GitLook } from "./git-look.ts";
import { seenBefore } from "./seen-before.ts";

/**
 * Records what git put into the root as one operation of git's, and takes note of where HEAD is, which is stored
 * with it. Without edits only the note is taken; it is stored with whatever is recorded next.
 */
export async function recordGit(
  bench: Workbench,
  git: GitLook | null,
  edits: readonly FileEdit[],
  index: LocalBatch["index"],
): Promise<ChangeOutcome> {
  if (git === null || git.inTheMiddleOf !== null) return nothingChanged;
  const from = bench.checkout.gitHead;
  bench.noteGitHead(git.headCommit);
  if (edits.length === 0) return nothingChanged;
  const { headCommit, headBranch } = git;
  const facts = { commit: headCommit, branch: headBranch, from, seenBefore: await seenBefore(bench, edits) };
  try {
    return await record(bench, {
      kind: "capture",
      actor: claimedActor("git", "git"),
      edits,
      details: known(facts),
      ...(index === undefined ? {} : { local: { index } }),
    });
  } catch (error) {
    // Nothing was recorded, so the next try has to see that HEAD moved.
    bench.noteGitHead(from);
    throw error;
  }
}

/** Facts of a capture that git did not make, in a folder that git keeps: what it was doing, and a state seen before. */
export async function detailsBesideGit(
  bench: Workbench,
  git: GitLook,
  edits: readonly FileEdit[],
): Promise<Readonly<Record<string, string>>> {
  return known({ inTheMiddleOf: git.inTheMiddleOf, seenBefore: await seenBefore(bench, edits) });
}

function known(facts: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, fact]) => (fact === null ? [] : [[name, fact]])),
  );
}
