import { eachOf, type Span, type ThreeOf } from "../lines/three-way.ts";
import type { MergedRule, OverlapRule } from "../merge-types.ts";
import type { LineKind } from "./line-kinds.ts";

/** The lines of three versions, and what each is; all are `markup` where the format is not known. */
export interface LinesOfThree {
  readonly lines: ThreeOf<readonly string[]>;
  readonly kinds: ThreeOf<readonly LineKind[]>;
}

/** Where both sides changed the same lines, or added at the same place. */
export interface Overlap {
  readonly all: LinesOfThree;
  readonly spans: ThreeOf<Span>;
}

/** What a rule makes of an overlap. */
export type Resolution =
  | {
      readonly outcome: "merged";
      readonly rule: MergedRule;
      readonly text: string;
      readonly mark?: "look" | "order";
    }
  | { readonly outcome: "ask"; readonly rule: OverlapRule };

/** What stands in an overlap, side by side. */
export interface OverlapParts {
  readonly lines: ThreeOf<readonly string[]>;
  readonly kinds: ThreeOf<readonly LineKind[]>;
  readonly texts: ThreeOf<string>;
}

export function overlapParts({ all, spans }: Overlap): OverlapParts {
  const lines = eachOf((side) => all.lines[side].slice(spans[side].start, spans[side].end));
  return {
    lines,
    kinds: eachOf((side) => all.kinds[side].slice(spans[side].start, spans[side].end)),
    texts: eachOf((side) => lines[side].join("")),
  };
}
