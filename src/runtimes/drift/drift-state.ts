import { invariant } from "../../domain/errors.ts";

declare const reasonBrand: unique symbol;
/** A text that says why. There is no empty one, so a state cannot be made without its reason (P7). */
export type Reason = string & { readonly [reasonBrand]: true };

/** Makes a reason. Stops on an empty text. */
export function because(text: string): Reason {
  invariant(isReason(text), "a drift state was reported without a reason");
  return text;
}

function isReason(text: string): text is Reason {
  return text.trim() !== "";
}

/** A state, the side that moved where one did, and why. The sides are those of (store, target). */
export type Drift =
  | { readonly state: "in-sync"; readonly side: null; readonly reason: Reason }
  | { readonly state: "behind"; readonly side: "store"; readonly reason: Reason }
  | { readonly state: "ahead"; readonly side: "target"; readonly reason: Reason }
  | { readonly state: "diverged"; readonly side: "both"; readonly reason: Reason }
  /** `store`: never written there yet. `target`: it was, and was removed there. `both`: and it changed here. */
  | { readonly state: "missing"; readonly side: "store" | "target" | "both"; readonly reason: Reason }
  | { readonly state: "extra"; readonly side: "target"; readonly reason: Reason }
  | {
      readonly state: "blocked" | "unsupported" | "native";
      readonly side: null;
      readonly reason: Reason;
    };
