import type { UnitChoice } from "../domain/conflicts.ts";

/** What a text is merged as; a text of no other format is merged by its lines. */
export type TextFormat = "markdown" | "yaml" | "toml" | "json" | "jsonc" | "text";

/** Rules whose outcome is merged, and those that ask (DESIGN 8). */
export type MergedRule = "R0" | "R1" | "R2" | "R3" | "R4" | "R5" | "R6";
export type OverlapRule = "X1" | "X2" | "X3" | "X4" | "X5";

/** What a policy makes of an overlap; `union` keeps both, theirs first. */
export type MergePolicy = "ask" | "theirs" | "yours" | "union";

/**
 * Why a part of a merged text is as it is. `where` is a key path or headings, for people; empty for the whole.
 * A rule that asks stands here where a choice or a policy answered it.
 */
export interface MergeDecision {
  readonly rule: MergedRule | OverlapRule;
  readonly where: string;
  /** `look`: worth reading once; `order`: which of two additions comes first is arbitrary. */
  readonly mark?: "look" | "order" | "security";
  /** What answered a rule that asks, and with what. */
  readonly settled?: {
    readonly by: "choice" | "policy";
    readonly took: "yours" | "theirs" | "both" | "text";
  };
  /** What the part is of could not be read in its format on some side, so that it was merged by lines. */
  readonly fallback?: "lines";
}

/** A spot that both writers meant. A side is null where it has nothing there. */
export interface AskedUnit {
  readonly rule: OverlapRule;
  readonly where: string;
  readonly base: string | null;
  readonly yours: string | null;
  readonly theirs: string | null;
  readonly mark?: "security";
}

/** An open spot; `key` names it, and stays the same while what it asks does. */
export interface MergeUnit extends AskedUnit {
  readonly key: string;
}

export interface MergeOptions {
  readonly format: TextFormat;
  /** By the key of a unit: a unit that it names is taken as chosen instead of asked. */
  readonly choices?: ReadonlyMap<string, UnitChoice>;
  /** What an overlap at that spot becomes; `keyPath` is null outside data. */
  readonly policy?: (spot: MergeSpot) => MergePolicy;
  /** Problems of a text. One of the result that neither side had makes the whole an overlap (X4). */
  readonly validate?: (text: string) => readonly string[];
}

export interface MergeSpot {
  readonly where: string;
  readonly keyPath: readonly string[] | null;
}

/** Merged if and only if there are no units. At each open unit the text holds theirs, never markers. */
export interface TextMerge {
  readonly text: string;
  readonly decisions: readonly MergeDecision[];
  readonly units: readonly MergeUnit[];
}
