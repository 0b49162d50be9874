import { StetError } from "../../domain/errors.ts";
import type { CommitId } from "../../domain/ids.ts";
import type { RefName } from "../../domain/operations.ts";
import { foldedPath } from "../../domain/paths.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { branchNameProblem } from "./branch-name.ts";

/** Refuses a name that cannot be a branch's, or that one has already, also in another case or Unicode form. */
export async function requireFreeBranch(bench: Workbench, name: string): Promise<void> {
  const problem = branchNameProblem(name);
  if (problem !== null) {
    throw new StetError({
      code: "E-NAME",
      what: "That name cannot be a branch's.",
      where: JSON.stringify(name),
      why: problem,
      kept: "Nothing was changed.",
      fixes: [{ cmd: "stet branch", summary: "see the branches that there are" }],
    });
  }
  const twin = (await branchHeads(bench)).find((one) => foldedPath(one.name) === foldedPath(name));
  if (twin === undefined) return;
  throw new StetError({
    code: "E-EXISTS",
    what: "There is a branch of that name already.",
    where: twin.name,
    why: "Names that differ only by case or Unicode form count as one.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: `stet switch ${twin.name}`, summary: "go to the one that is there" }],
  });
}

export interface BranchHead {
  readonly name: string;
  readonly ref: RefName;
  readonly commit: CommitId;
}

/** The branches of the collection by name, each with the commit that it stands at. */
export async function branchHeads(bench: Workbench): Promise<readonly BranchHead[]> {
  const prefix = `${bench.collection}/heads/`;
  const refs = (await bench.store.history.refs(bench.collection)).filter(({ name }) =>
    name.startsWith(prefix),
  );
  return refs
    .map(({ name, commit }) => ({ name: name.slice(prefix.length), ref: name, commit }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The branch of that name. Throws E-NOT-FOUND, with names that are near. */
export async function branchNamed(bench: Workbench, name: string): Promise<BranchHead> {
  const all = await branchHeads(bench);
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new StetError({
    code: "E-NOT-FOUND",
    what: "There is no branch of that name.",
    where: JSON.stringify(name),
    why: `There is ${all.map((one) => one.name).join(", ") || "none"}.`,
    kept: "Nothing was changed.",
    fixes: [
      { cmd: "stet branch", summary: "see the branches" },
      ...(branchNameProblem(name) === null
        ? [{ cmd: `stet switch --create ${name}`, summary: "begin it here" }]
        : []),
    ],
  });
}

/** Refuses a branch that is on disk in another checkout: two that write one branch would overtake each other. */
export async function requireNotCheckedOut(bench: Workbench, branch: string, verb: string): Promise<void> {
  const holder = (await bench.store.checkouts.checkouts()).find(
    (one) => one.collection === bench.collection && one.branch === branch && one.id !== bench.checkout.id,
  );
  if (holder === undefined) return;
  throw new StetError({
    code: "E-BRANCH-HELD",
    what: `The branch cannot be ${verb}.`,
    where: branch,
    why: `Another checkout of this collection has it on disk: ${holder.root}.`,
    kept: "Nothing was changed.",
    fixes: [
      {
        cmd: `stet -C ${holder.base} switch <other>`,
        summary: "let the other checkout go to another branch",
      },
      { cmd: `stet merge ${branch}`, summary: "take its changes into the branch here" },
    ],
  });
}
