import { type MarkdownParts, splitFrontmatter } from "../../formats/frontmatter.ts";
import { markdownSections } from "../../formats/sections.ts";
import { chosenText } from "../chosen-text.ts";
import { textAhead } from "../lines/side-ahead.ts";
import { splitLines } from "../lines/split-lines.ts";
import { eachOf, type ThreeOf } from "../lines/three-way.ts";
import { mergeComparisonsMax, WorkBudget } from "../lines/work-budget.ts";
import { MergeLedger } from "../merge-ledger.ts";
import type { MergeOptions, TextMerge } from "../merge-types.ts";
import { keepsLines } from "../overlap/keeps-lines.ts";
import { lineKinds } from "../overlap/line-kinds.ts";
import { type MergedLines, mergeLines } from "../overlap/merge-lines.ts";
import { HeadingIndex } from "./heading-index.ts";
import { mergeFrontmatter, writtenFrontmatter } from "./merge-frontmatter.ts";
import { mergeSections } from "./merge-sections.ts";

/** Merges three Markdown texts: the frontmatter by key (R2), the body by line (R4) and section (R3). */
export function mergeMarkdown(texts: ThreeOf<string>, options: MergeOptions): TextMerge {
  const ledger = new MergeLedger(options);
  const budget = new WorkBudget(mergeComparisonsMax);
  const parts = eachOf((side) => splitFrontmatter(texts[side]));
  const ahead = isFrontmatterAlike(parts) ? null : textAhead(texts, budget);
  if (ahead !== null) return { text: texts[ahead], decisions: [{ rule: "R1", where: "" }], units: [] };
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

/** Where some have a frontmatter and some have none, a line before it may have made it a part of the body. */
function isFrontmatterAlike({ base, yours, theirs }: ThreeOf<MarkdownParts>): boolean {
  const count = [base, yours, theirs].filter(({ frontmatter }) => frontmatter !== null).length;
  return count === 3 || count === 0;
}

interface Shared {
  readonly budget: WorkBudget;
  readonly linesBefore: number;
}

interface MergedBody extends MergedLines {
  readonly ledger: MergeLedger;
}

/**
 * By lines first: a heading that one side put into the middle of a section is one new line to them, and two sections
 * to the rules of sections. Where lines have to ask, by sections, and that stays where it asks less. What would lose or
 * double a line is not taken; where neither way is right, the whole body is asked.
 */
function mergeBody(bodies: ThreeOf<string>, options: MergeOptions, shared: Shared): MergedBody {
  const byLines = new MergeLedger(options);
  const lines = {
    ...mergeLines(bodies, { ...lineContext(bodies), ledger: byLines, ...shared }),
    ledger: byLines,
  };
  const isRight = keepsLines(lines);
  // Sections that both wrote into an empty text are two first versions, not additions.
  if ((isRight && byLines.asked === 0) || bodies.base.trim() === "") return lines;
  const bySections = new MergeLedger(options);
  const sections = mergeSections(bodies, { ledger: bySections, ...shared });
  const isBetter = sections !== null && keepsLines(sections) && (!isRight || asksLess(bySections, byLines));
  if (isBetter) return { ...sections, ledger: bySections };
  return isRight ? lines : askedBody(bodies, options);
}

/** Fewer spots, or as many with less text in them. */
function asksLess(one: MergeLedger, other: MergeLedger): boolean {
  if (one.asked !== other.asked) return one.asked < other.asked;
  return one.askedCharacters < other.askedCharacters;
}

function askedBody(bodies: ThreeOf<string>, options: MergeOptions): MergedBody {
  const ledger = new MergeLedger(options);
  const text = chosenText(ledger.ask({ rule: "X1", where: "text", ...bodies }), bodies);
  return { text, oneSided: [], ledger };
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
