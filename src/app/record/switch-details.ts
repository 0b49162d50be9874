import type { Operation } from "../../domain/operations.ts";

/** Details of an operation that took a checkout to another branch: what undo needs to go back. */
export type SwitchDetails = Readonly<Record<"branch" | "branchBefore", string>>;

/** The branches that an operation took a checkout from and to; null where it stayed on its branch. */
export function switchOf({ details }: Pick<Operation, "details">): SwitchDetails | null {
  const { branch, branchBefore } = details;
  return branch === undefined || branchBefore === undefined ? null : { branch, branchBefore };
}
