import { splitFrontmatter } from "../../formats/frontmatter.ts";
import { markdownSections } from "../../formats/sections.ts";
import { splitLines } from "../lines/split-lines.ts";
import { eachOf, type ThreeOf } from "../lines/three-way.ts";
import { mergeComparisonsMax, WorkBudget } from "../lines/work-budget.ts";
import { MergeLedger } from "../merge-ledger.ts";
import type { MergeOptions, TextMerge } from "../merge-types.ts";
import { lineKinds } from "../overlap/line-kinds.ts";
import { mergeLines } from "../overlap/merge-lines.ts";
import { HeadingIndex } from "./heading-index.ts";
import { mergeFrontmatter, writtenFrontmatter } from "./merge-frontmatter.ts";
import { mergeSections } from "./merge-sections.ts";

/** Merges three Markdown texts: the frontmatter by key (R2), the body by line (R4) and section (R3). */
export function mergeMarkdown(texts: ThreeOf<string>, options: MergeOptions): TextMerge {
  const ledger = new MergeLedger(options);
  const budget = new WorkBudget(mergeComparisonsMax);
  const parts = eachOf((side) => splitFrontmatter(texts[side]));
  const frontmatter = mergeFrontmatter(
    eachOf((side) => parts[side].frontmatter),
    options,
    { ledger, budget },
  );
  const linesBefore = splitLines(writtenFrontmatter(parts.theirs.frontmatter)).length;
  const body = mergeBody(
    eachOf((side) => parts[side].body),
    options,
    { budget, linesBefore },
  );
  ledger.include(body.ledger);
  return { text: frontmatter + body.text, decisions: ledger.decisions, units: ledger.units };
}

interface Shared {
  readonly budget: WorkBudget;
  readonly linesBefore: number;
}

/**
 * By lines first: a heading that one side put into the middle of a section is one new line to them, and two sections to
 * the rules of sections. Where lines have to ask, by sections, and that stays where it asks less.
 */
function mergeBody(bodies: ThreeOf<string>, options: MergeOptions, shared: Shared) {
  const byLines = new MergeLedger(options);
  const lines = mergeLines(bodies, { ...lineContext(bodies), ledger: byLines, ...shared });
  if (byLines.asked === 0) return { ...lines, ledger: byLines };
  const bySections = new MergeLedger(options);
  const sections = mergeSections(bodies, { ledger: bySections, ...shared });
  return sections !== null && asksLess(bySections, byLines)
    ? { ...sections, ledger: bySections }
    : { ...lines, ledger: byLines };
}

/** Fewer spots, or as many with less text in them. */
function asksLess(one: MergeLedger, other: MergeLedger): boolean {
  if (one.asked !== other.asked) return one.asked < other.asked;
  return one.askedCharacters < other.askedCharacters;
}

function lineContext(bodies: ThreeOf<string>) {
  const index = new Map<"base" | "yours" | "theirs", HeadingIndex>();
  const headingAt = (side: "base" | "yours" | "theirs", line: number) => {
    const known = index.get(side) ?? new HeadingIndex(bodies[side], markdownSections(bodies[side]));
    index.set(side, known);
    return known.at(line);
  };
  return { kindsOf: lineKinds, headingAt };
}
