import { isoFromMicros } from "../domain/clock.ts";
import { StetError } from "../domain/errors.ts";
import type { CommitId } from "../domain/ids.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { commitOf } from "./history/point.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import { branchHeads, branchNamed, requireFreeBranch, requireNotCheckedOut } from "./record/branch-heads.ts";
import { record } from "./record/record.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface ShownBranch {
  readonly name: string;
  /** Whether this checkout has it on disk. */
  readonly current: boolean;
  readonly commit: CommitId;
  /** When its newest version was made, and by whom. */
  readonly at: string | null;
  readonly author: string | null;
  /** Roots of the other checkouts that have it on disk. */
  readonly elsewhere: readonly string[];
}

/** The branches of the collection, by name. */
export async function listBranches(
  environment: Environment,
  input: CallOptions = {},
): Promise<Answer<{ readonly branches: readonly ShownBranch[] }>> {
  return await reading(environment, input, async (bench) => {
    const checkouts = (await bench.store.checkouts.checkouts()).filter(
      (one) => one.collection === bench.collection && one.id !== bench.checkout.id,
    );
    const branches: ShownBranch[] = [];
    for (const { name, commit } of await branchHeads(bench)) {
      const made = await bench.store.history.commit(commit);
      branches.push({
        name,
        current: name === bench.checkout.branch,
        commit,
        at: made === undefined ? null : isoFromMicros(made.committedAt),
        author: made?.author.name ?? null,
        elsewhere: checkouts.filter((one) => one.branch === name).map((one) => one.root),
      });
    }
    const other = branches.find((one) => !one.current);
    const next = other === undefined ? ["stet branch <name>"] : [`stet switch ${other.name}`];
    return answer({ branches }, { notices: bench.notices, next });
  });
}

export interface CreateBranchInput extends CallOptions {
  readonly name: string;
  /** Where it begins: an operation, commit, pin, branch or time; by default what is here now. */
  readonly at?: string;
}

/** Begins a branch without going to it. Throws E-NAME and E-EXISTS. */
export async function createBranch(
  environment: Environment,
  input: CreateBranchInput,
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    await requireFreeBranch(bench, input.name);
    const after = input.at === undefined ? bench.checkout.materialised : await commitOf(bench, input.at);
    if (after === null) throw nothingToBegin(input.name);
    const outcome = await record(bench, {
      kind: "branch",
      reason: input.claims?.reason ?? null,
      edits: [],
      refs: [{ name: `${bench.collection}/heads/${input.name}`, before: null, after }],
      details: { branch: input.name, from: bench.checkout.branch },
      evenIfEmpty: true,
    });
    return answer(outcome, { notices: bench.notices, next: [`stet switch ${input.name}`, "stet undo"] });
  });
}

/** Takes a branch off the list. Its versions stay in history, and undo brings it back. Throws E-BRANCH-HELD. */
export async function deleteBranch(
  environment: Environment,
  input: CallOptions & { readonly name: string },
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const branch = await branchNamed(bench, input.name);
    if (branch.name === bench.checkout.branch) throw heldHere(branch.name);
    await requireNotCheckedOut(bench, branch.name, "removed");
    await confirmDeletion(bench, input);
    const outcome = await record(bench, {
      kind: "branch",
      reason: input.claims?.reason ?? null,
      edits: [],
      refs: [{ name: branch.ref, before: branch.commit, after: null }],
      details: { removed: branch.name },
      evenIfEmpty: true,
    });
    return answer(outcome, { notices: bench.notices, next: ["stet undo"] });
  });
}

async function confirmDeletion(
  bench: Workbench,
  input: CallOptions & { readonly name: string },
): Promise<void> {
  if (input.yes === true) return;
  if (input.confirm !== undefined && (await input.confirm(`Remove the branch ${input.name}?`))) return;
  throw new StetError({
    code: "E-CONFIRM",
    what: "The removal of the branch was not confirmed.",
    where: input.name,
    why: input.confirm === undefined ? "There is no terminal to ask on." : "The answer was no.",
    kept: `Nothing was changed; this checkout is on ${bench.checkout.branch}.`,
    fixes: [{ cmd: `stet branch --delete ${input.name} --yes`, summary: "remove it; undo brings it back" }],
  });
}

function nothingToBegin(where: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "There is no version yet that a branch could begin at.",
    where,
    why: "The collection has no history at that point.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet save", summary: "keep what is on disk first" }],
  });
}

function heldHere(where: string): StetError {
  return new StetError({
    code: "E-BRANCH-HELD",
    what: "The branch cannot be removed.",
    where,
    why: "It is the one that this checkout has on disk.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet switch <other>", summary: "go to another branch first" }],
  });
}
