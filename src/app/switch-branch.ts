import type { Operation, OperationKind, RefMove } from "../domain/operations.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged } from "./outcomes.ts";
import {
  type BranchHead,
  branchNamed,
  requireFreeBranch,
  requireNotCheckedOut,
} from "./record/branch-heads.ts";
import { editsTo } from "./record/go-to-commit.ts";
import { madeNothing } from "./record/made-nothing.ts";
import { record } from "./record/record.ts";
import type { SwitchDetails } from "./record/switch-details.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface SwitchInput extends CallOptions {
  readonly name: string;
  /** Begins the branch here first. */
  readonly create?: boolean;
}

export type SwitchData = ChangeOutcome & {
  /** The branch that the checkout is on now. */
  readonly branch: string;
};

/**
 * Takes the checkout to another branch: its files are put in place like those of any change, and undo goes back.
 * What was edited before stays on the branch that it was edited on.
 * Throws E-NOT-FOUND, E-NAME, E-EXISTS, and E-BRANCH-HELD where another checkout has the branch.
 */
export async function switchBranch(
  environment: Environment,
  input: SwitchInput,
): Promise<Answer<SwitchData>> {
  return await writing(environment, input, async (bench) => {
    const created = input.create === true ? await newBranch(bench, input.name) : null;
    const branch = created ?? (await branchNamed(bench, input.name));
    if (branch.name === bench.checkout.branch) {
      bench.notice("W-NOTHING", `This checkout is on ${branch.name} already.`);
      return answer({ ...nothingChanged, branch: branch.name }, { notices: bench.notices });
    }
    const outcome = await goToBranch(bench, branch, {
      kind: "switch",
      ...(created === null ? {} : { refs: [{ name: created.ref, before: null, after: created.commit }] }),
      reason: input.claims?.reason ?? null,
    });
    const next = outcome.changed.length === 0 ? ["stet undo"] : ["stet sync", "stet undo"];
    return answer({ ...outcome, branch: branch.name }, { notices: bench.notices, next });
  });
}

async function newBranch(bench: Workbench, name: string): Promise<BranchHead | null> {
  await requireFreeBranch(bench, name);
  const commit = bench.checkout.materialised;
  return commit === null ? null : { name, ref: `${bench.collection}/heads/${name}`, commit };
}

/** Puts a branch's files in place and takes the checkout there, as one operation. */
export async function goToBranch(
  bench: Workbench,
  branch: Pick<BranchHead, "name" | "commit">,
  change: {
    readonly kind: OperationKind;
    readonly reason: string | null;
    readonly refs?: readonly RefMove[];
    readonly undoes?: Operation["id"];
  },
): Promise<ChangeOutcome> {
  await requireNotCheckedOut(bench, branch.name, "taken on disk here");
  const details: SwitchDetails = { branch: branch.name, branchBefore: bench.checkout.branch };
  return await record(bench, {
    ...change,
    edits: await editsTo(bench, branch.commit),
    goTo: { commit: branch.commit, branch: branch.name },
    details: { ...details, ...madeNothing },
  });
}
