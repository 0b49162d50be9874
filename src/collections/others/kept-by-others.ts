import type { CarriedUpstream } from "./carried.ts";
import type { KeeperLook } from "./keeper-look.ts";
import { type ClaimedCopy, type OtherKeeper, otherKeepers } from "./other-keepers.ts";

/** An artifact that another tool keeps, in at least one of its copies. */
export interface KeptByOther {
  readonly keeper: OtherKeeper;
  readonly why: string;
  readonly origin: CarriedUpstream | null;
}

/** The tool that keeps one of these copies of an artifact; the first that says so. Null where none does. */
export function keptByOther(look: KeeperLook, copies: readonly ClaimedCopy[]): KeptByOther | null {
  for (const keeper of otherKeepers) {
    for (const copy of copies) {
      const claim = keeper.claim(look, copy);
      if (claim !== null) return { keeper, ...claim };
    }
  }
  return null;
}

/** The tools that show at a scope, each with its first sign. */
export function otherKeepersUsed(
  look: Pick<KeeperLook, "exists">,
  scope: "project" | "user",
): readonly { readonly keeper: OtherKeeper; readonly sign: string }[] {
  return otherKeepers.flatMap((keeper) => {
    const sign = keeper.signs[scope].find(look.exists);
    return sign === undefined ? [] : [{ keeper, sign }];
  });
}
