import { chosenText } from "../chosen-text.ts";
import { Interning } from "../lines/interning.ts";
import { splitLines } from "../lines/split-lines.ts";
import { eachOf, type Span, type Stretch, type ThreeOf, threeWay } from "../lines/three-way.ts";
import type { WorkBudget } from "../lines/work-budget.ts";
import type { MergeLedger } from "../merge-ledger.ts";
import type { OverlapRule } from "../merge-types.ts";
import type { LineKind } from "./line-kinds.ts";
import { isMember } from "./line-kinds.ts";
import { type LinesOfThree, overlapParts, type Resolution } from "./overlap-parts.ts";
import { resolveOverlap } from "./resolve-overlap.ts";

/** What the merge of a text shares with all its parts. */
export interface LineMergeContext {
  readonly ledger: MergeLedger;
  readonly budget: WorkBudget;
  readonly kindsOf: (lines: readonly string[]) => readonly LineKind[];
  /** The headings over a line, for people; empty where there are none. */
  readonly headingAt: (side: "base" | "theirs", line: number) => string;
}

/** A spot where a line of the result may be none of any side; `merged` is what stands there. */
export interface Spot extends ThreeOf<string> {
  readonly merged: string;
}

export interface MergedLines {
  readonly text: string;
  readonly spots: readonly Spot[];
}

/** Merges three texts by lines (rule R4), and where both changed the same ones by the rules for that. */
export function mergeLines(texts: ThreeOf<string>, context: LineMergeContext): MergedLines {
  const merge = new LineMerge(texts, context);
  return merge.run();
}

class LineMerge {
  readonly #all: LinesOfThree;
  readonly #context: LineMergeContext;
  readonly #merged: string[] = [];
  readonly #spots: Spot[] = [];
  /** Which sides changed something under a heading. */
  readonly #changed = new Map<string, Set<string>>();

  constructor(texts: ThreeOf<string>, context: LineMergeContext) {
    const lines = eachOf((side) => splitLines(texts[side]));
    this.#all = { lines, kinds: eachOf((side) => context.kindsOf(lines[side])) };
    this.#context = context;
  }

  run(): MergedLines {
    const { lines } = this.#all;
    const interning = new Interning();
    const numbers = eachOf((side) => interning.numbersOf(lines[side]));
    for (const stretch of this.#joined(threeWay(numbers, this.#context.budget))) {
      if (stretch.changedBy === "both") this.#overlap(stretch);
      else this.#oneSided(stretch, stretch.changedBy);
    }
    for (const [where, sides] of this.#changed) {
      this.#context.ledger.decide({ rule: sides.size > 1 ? "R4" : "R3", where });
    }
    return { text: this.#merged.join(""), spots: this.#spots };
  }

  #oneSided(stretch: Stretch, changedBy: "none" | "yours" | "theirs"): void {
    const side = changedBy === "yours" ? "yours" : "theirs";
    this.#merged.push(...this.#linesOf(side, stretch[side]));
    if (changedBy === "none") return;
    const where = this.#headingOf(stretch);
    const sides = this.#changed.get(where) ?? new Set();
    this.#changed.set(where, sides.add(side));
  }

  #overlap(spans: ThreeOf<Span>): void {
    const { budget } = this.#context;
    const overlap = { all: this.#all, spans };
    const resolution = resolveOverlap(overlap, budget);
    const heading = this.#headingOf(spans);
    const { texts } = overlapParts(overlap);
    const merged =
      resolution.outcome === "merged"
        ? this.#decided(resolution, heading)
        : this.#asked(resolution.rule, spans, texts, heading);
    this.#merged.push(merged);
    this.#spots.push({ ...texts, merged });
  }

  #decided({ rule, text, mark }: Resolution & { outcome: "merged" }, where: string): string {
    this.#context.ledger.decide({ rule, where, ...(mark === undefined ? {} : { mark }) });
    return text;
  }

  /** Open spots hold theirs. */
  #asked(rule: OverlapRule, spans: ThreeOf<Span>, texts: ThreeOf<string>, heading: string): string {
    const sides = eachOf((side) => (isEmpty(spans[side]) ? null : texts[side]));
    const where = heading === "" ? lineNumbers(spans.theirs) : heading;
    return chosenText(this.#context.ledger.ask({ rule, where, ...sides }), sides);
  }

  /** Changes that only touch are one, unless the lines on either side of the border stand for themselves. */
  #joined(stretches: readonly Stretch[]): readonly Stretch[] {
    const joined: Stretch[] = [];
    for (const next of stretches) {
      const last = joined.at(-1);
      const touches = last !== undefined && last.changedBy !== "none" && next.changedBy !== "none";
      if (!touches || this.#isBorder(last, next)) joined.push(next);
      else {
        joined.pop();
        joined.push({
          changedBy: "both",
          ...eachOf((side) => ({ start: last[side].start, end: next[side].end })),
        });
      }
    }
    return joined;
  }

  #isBorder(last: Stretch, next: Stretch): boolean {
    if (last.changedBy === "both" || next.changedBy === "both") return false;
    const above = this.#kindAt(last, -1);
    const below = this.#kindAt(next, 0);
    return above === "blank" || below === "blank" || (isMember(above) && isMember(below));
  }

  /** The kind of a stretch's first line (0) or last one (-1), as its side has it, or else as it was. */
  #kindAt(stretch: Stretch, index: 0 | -1): LineKind | undefined {
    const own = stretch.changedBy === "yours" ? "yours" : "theirs";
    const side = isEmpty(stretch[own]) ? "base" : own;
    return this.#all.kinds[side].slice(stretch[side].start, stretch[side].end).at(index);
  }

  #linesOf(side: "base" | "yours" | "theirs", { start, end }: Span): readonly string[] {
    return this.#all.lines[side].slice(start, end);
  }

  /** The heading that the lines are under in theirs; where theirs has them no longer, in the base. */
  #headingOf({ base, theirs }: ThreeOf<Span>): string {
    const { headingAt } = this.#context;
    return isEmpty(theirs) && !isEmpty(base)
      ? headingAt("base", base.start)
      : headingAt("theirs", theirs.start);
  }
}

function isEmpty({ start, end }: Span): boolean {
  return start === end;
}

function lineNumbers({ start, end }: Span): string {
  return end - start > 1 ? `lines ${start + 1}-${end}` : `line ${start + 1}`;
}
