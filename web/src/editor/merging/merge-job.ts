import type { UnitChoice } from "../../../../src/domain/conflicts.ts";
import type { MergeUnit } from "../../../../src/merge/merge-types.ts";

/** Three texts to bring together, and what was chosen at spots that overlap, by their keys. */
export interface MergeJob {
  /** The file's path in its collection: it tells the format. */
  readonly path: string;
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
  readonly choices: ReadonlyMap<string, UnitChoice>;
}

/** How three texts come together. */
export interface MergeOutlook {
  /** With every choice in it; theirs at the spots that are open. */
  readonly text: string;
  /** The keys of the spots that are open. */
  readonly open: readonly string[];
  /** Every spot that both meant, settled or not, between the text that is as it will be. */
  readonly pieces: readonly MergePiece[];
  /** Where something was merged, for people: headings and key paths. */
  readonly merged: readonly string[];
}

export type MergePiece =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "unit"; readonly unit: MergeUnit };

/** Whether there are spots that both meant. */
export function overlaps({ pieces }: MergeOutlook): boolean {
  return pieces.some(({ type }) => type === "unit");
}
