import { StetError } from "../../domain/errors.ts";
import type { CommitId } from "../../domain/ids.ts";
import type { Operation, OperationKind, RefMove, RefName } from "../../domain/operations.ts";
import type { ChangeOutcome } from "../outcomes.ts";
import { goToBranch } from "../switch-branch.ts";
import { snapshotOf } from "../workbench/present.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { branchHeads, branchNamed } from "./branch-heads.ts";
import { conflictsBack } from "./conflicts-back.ts";
import { editsTo } from "./go-to-commit.ts";
import { madeNoCommit, madeNothing } from "./made-nothing.ts";
import { record } from "./record.ts";
import { type SwitchDetails, switchOf } from "./switch-details.ts";

interface Reversal {
  readonly kind: Extract<OperationKind, "undo" | "redo" | "revert">;
  readonly reason: string | null;
}

/**
 * Takes back an operation that moved branches or a checkout: a switch, a branch that was begun or removed, a merge
 * after which nothing else came. Null where it is to be taken back file by file.
 */
export async function reverseMoves(
  bench: Workbench,
  operation: Operation,
  reversal: Reversal,
): Promise<ChangeOutcome | null> {
  const change = { ...reversal, undoes: operation.id };
  const refs = await branchesBack(bench, operation);
  const switched = switchOf(operation);
  if (switched !== null) {
    requireStillThere(bench, operation, switched);
    const name = switched.branchBefore;
    const again = refs.find((move) => move.name === headRef(bench, name))?.after ?? null;
    const { commit } = again === null ? await branchNamed(bench, name) : { commit: again };
    return await goToBranch(bench, { name, commit }, { ...change, refs });
  }
  if (refs.length > 0 || operation.kind === "branch") {
    return await record(bench, { ...change, edits: [], refs, details: madeNothing, evenIfEmpty: true });
  }
  const before = await commitToGoBackTo(bench, operation, reversal);
  if (before === null) return null;
  const { settles, reopened } = await conflictsBack(bench, operation);
  return await record(bench, {
    ...change,
    edits: await editsTo(bench, before),
    goTo: { commit: before, branch: bench.checkout.branch },
    refs: [{ name: bench.branchRef, before: bench.checkout.materialised, after: before }],
    details: madeNothing,
    settles,
    conflicts: reopened,
  });
}

/**
 * Where the branch still holds what a merge made of it, it goes back to before, so that it can be merged again: a
 * change on top of the merge would count as merged for ever.
 */
async function commitToGoBackTo(
  bench: Workbench,
  operation: Operation,
  { kind }: Reversal,
): Promise<CommitId | null> {
  if (kind === "revert" || (operation.kind !== "merge" && !madeNoCommit(operation))) return null;
  const move = operation.refs.find(({ name }) => name === bench.branchRef);
  if (move === undefined || move.after === null) return null;
  const isAsMerged = (await bench.present()).snapshot === (await snapshotOf(bench.store, move.after));
  return isAsMerged ? move.before : null;
}

/** Branches that an operation began go, those that it removed come; one that was moved since is left. */
async function branchesBack(bench: Workbench, operation: Operation): Promise<readonly RefMove[]> {
  if (!madeNoCommit(operation)) return [];
  const heads = new Map((await branchHeads(bench)).map(({ ref, commit }) => [ref, commit]));
  const held = new Set(
    (await bench.store.checkouts.checkouts())
      .filter((one) => one.collection === bench.collection && one.id !== bench.checkout.id)
      .map((one) => headRef(bench, one.branch)),
  );
  return operation.refs.flatMap(({ name, before, after }) => {
    const isBranch = name.startsWith(headRef(bench, ""));
    if (!isBranch || (before !== null && after !== null)) return [];
    const isAsLeft = (heads.get(name) ?? null) === after && !held.has(name);
    if (isAsLeft) return [{ name, before: after, after: before }];
    bench.notice(
      "W-LEFT",
      `The branch ${name.slice(headRef(bench, "").length)} was used since, and is left.`,
    );
    return [];
  });
}

function headRef(bench: Workbench, branch: string): RefName {
  return `${bench.collection}/heads/${branch}`;
}

function requireStillThere(
  bench: Workbench,
  operation: Operation,
  { branch, branchBefore }: SwitchDetails,
): void {
  const isOurs = operation.refs.some(({ name }) => name === bench.checkoutRef);
  if (isOurs && bench.checkout.branch === branch) return;
  throw new StetError({
    code: "E-STALE",
    what: "That switch cannot be taken back here.",
    where: operation.id,
    why: isOurs
      ? `This checkout has gone on to ${bench.checkout.branch} since.`
      : "It was made in another checkout of this collection.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: `stet switch ${branchBefore}`, summary: "go to the branch that it came from" }],
  });
}
