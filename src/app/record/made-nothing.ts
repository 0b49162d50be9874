import type { Operation } from "../../domain/operations.ts";

/** Fact of an operation that took a branch or a checkout to a commit that was there already. */
export const madeNothing = { made: "nothing new" } as const;

/** Whether an operation only went to a commit that another one had made: a switch, a fast-forward. */
export function madeNoCommit({ kind, details }: Operation): boolean {
  return kind === "branch" || kind === "switch" || details.made === madeNothing.made;
}
