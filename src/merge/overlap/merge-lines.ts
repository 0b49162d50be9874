import { chosenText } from "../chosen-text.ts";
import { numbersOfThree } from "../lines/interning.ts";
import { sideAhead } from "../lines/side-ahead.ts";
import { splitLines } from "../lines/split-lines.ts";
import {
  alignChanges,
  bothChanges,
  eachOf,
  type Span,
  type Stretch,
  type ThreeOf,
} from "../lines/three-way.ts";
import type { WorkBudget } from "../lines/work-budget.ts";
import type { MergeLedger } from "../merge-ledger.ts";
import { doubledAdditions } from "./doubled-additions.ts";
import { isEmpty, joinTouching } from "./join-touching.ts";
import { KindsWhenAsked, type LineKind } from "./line-kinds.ts";
import { linesApart } from "./lines-apart.ts";
import { type LinesOfThree, overlapParts, type Resolution } from "./overlap-parts.ts";
import { resolveOverlap } from "./resolve-overlap.ts";

/** What the merge of a text shares with all its parts. */
export interface LineMergeContext {
  readonly ledger: MergeLedger;
  readonly budget: WorkBudget;
  readonly kindsOf: (lines: readonly string[]) => readonly LineKind[];
  /** The headings over a line, for people; empty where there are none. */
  readonly headingAt: (side: "base" | "yours" | "theirs", line: number) => string;
  /** Lines of theirs before these, so that a line without a heading can be named by its number. */
  readonly linesBefore: number;
}

/** A part that differs between the versions, and what stands there in the result. */
export interface MergedPart extends ThreeOf<string> {
  readonly merged: string;
}

export interface MergedLines {
  readonly text: string;
  /** The parts that a side changed alone. */
  readonly oneSided: readonly MergedPart[];
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
  readonly #oneSidedParts: MergedPart[] = [];
  /** Which sides changed something under a heading. */
  readonly #changed = new Map<string, Set<string>>();

  constructor(texts: ThreeOf<string>, context: LineMergeContext) {
    const lines = eachOf((side) => splitLines(texts[side]));
    this.#all = { lines, kinds: new KindsWhenAsked(lines, context.kindsOf) };
    this.#context = context;
  }

  run(): MergedLines {
    const { lines } = this.#all;
    const { ledger, budget, headingAt } = this.#context;
    const numbers = numbersOfThree(lines);
    const changes = bothChanges(numbers, budget);
    const ahead = sideAhead(numbers, changes, budget);
    if (ahead !== null) {
      ledger.decide({ rule: "R1", where: headingAt("theirs", 0) });
      return { text: lines[ahead].join(""), oneSided: [] };
    }
    const stretches = joinTouching(alignChanges(lines.base.length, changes), this.#all);
    const doubled = doubledAdditions(stretches, this.#all, headingAt);
    for (const stretch of stretches) {
      if (doubled.has(stretch)) this.#put(stretch, { outcome: "ask", rule: "X3" });
      else if (stretch.changedBy === "both") this.#overlap(stretch);
      else this.#oneSided(stretch, stretch.changedBy);
    }
    for (const [where, sides] of this.#changed) {
      ledger.decide({ rule: sides.size > 1 ? "R4" : "R3", where });
    }
    return { text: this.#merged.join(""), oneSided: this.#oneSidedParts };
  }

  #oneSided(stretch: Stretch, changedBy: "none" | "yours" | "theirs"): void {
    const side = changedBy === "yours" ? "yours" : "theirs";
    const merged = this.#linesOf(side, stretch[side]);
    this.#merged.push(...merged);
    if (changedBy === "none") return;
    const { texts } = overlapParts({ all: this.#all, spans: stretch });
    this.#oneSidedParts.push({ ...texts, merged: merged.join("") });
    const where = this.#headingOf(stretch);
    const sides = this.#changed.get(where) ?? new Set();
    this.#changed.set(where, sides.add(side));
  }

  /** Where as many lines stand on each side, only those that both changed are asked. */
  #overlap(spans: ThreeOf<Span>): void {
    const resolution = resolveOverlap({ all: this.#all, spans }, this.#context.budget);
    const parts = resolution.outcome === "ask" ? linesApart(this.#all, spans) : [];
    if (parts.length < 2) this.#put(spans, resolution);
    else for (const part of parts) this.#part(part);
  }

  #part(part: Stretch): void {
    if (part.changedBy === "both") {
      this.#put(part, resolveOverlap({ all: this.#all, spans: part }, this.#context.budget));
    } else this.#oneSided(part, part.changedBy);
  }

  /** Writes what became of a spot; an open one holds theirs. */
  #put(spans: ThreeOf<Span>, resolution: Resolution): void {
    const { ledger } = this.#context;
    const { texts } = overlapParts({ all: this.#all, spans });
    const heading = this.#headingOf(spans);
    let merged: string;
    if (resolution.outcome === "merged") {
      const { rule, mark } = resolution;
      ledger.decide({ rule, where: heading, ...(mark === undefined ? {} : { mark }) });
      merged = resolution.text;
    } else {
      const sides = eachOf((side) => (isEmpty(spans[side]) ? null : texts[side]));
      const where = heading === "" ? lineNumbers(spans.theirs, this.#context.linesBefore) : heading;
      merged = wholeLines(chosenText(ledger.ask({ rule: resolution.rule, where, ...sides }), sides));
    }
    this.#merged.push(merged);
  }

  #linesOf(side: "base" | "yours" | "theirs", { start, end }: Span): readonly string[] {
    return this.#all.lines[side].slice(start, end);
  }

  /** The heading that the lines are under in theirs, or else where they are. */
  #headingOf({ base, yours, theirs }: ThreeOf<Span>): string {
    const { headingAt } = this.#context;
    if (isEmpty(theirs) && !isEmpty(base)) return headingAt("base", base.start);
    return isEmpty(theirs) ? headingAt("yours", yours.start) : headingAt("theirs", theirs.start);
  }
}

/** A text that somebody chose may end without a line end; what follows is another line all the same. */
function wholeLines(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function lineNumbers({ start, end }: Span, before: number): string {
  const first = before + start + 1;
  return end - start > 1 ? `lines ${first}-${before + end}` : `line ${first}`;
}
