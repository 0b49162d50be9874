import { splitFrontmatter } from "../../formats/frontmatter.ts";
import { markdownSections } from "../../formats/sections.ts";
import { eachOf, type ThreeOf } from "../lines/three-way.ts";
import { mergeComparisonsMax, WorkBudget } from "../lines/work-budget.ts";
import { MergeLedger } from "../merge-ledger.ts";
import type { MergeOptions, TextMerge } from "../merge-types.ts";
import { lineKinds } from "../overlap/line-kinds.ts";
import { mergeLines } from "../overlap/merge-lines.ts";
import { HeadingIndex } from "./heading-index.ts";
import { mergeFrontmatter } from "./merge-frontmatter.ts";

export function mergeMarkdown(texts: ThreeOf<string>, options: MergeOptions): TextMerge {
  const ledger = new MergeLedger(options);
  const budget = new WorkBudget(mergeComparisonsMax);
  const parts = eachOf((side) => splitFrontmatter(texts[side]));
  const frontmatter = mergeFrontmatter(
    eachOf((side) => parts[side].frontmatter),
    options,
    { ledger, budget },
  );
  const bodies = eachOf((side) => parts[side].body);
  const index = eachOf((side) => new HeadingIndex(bodies[side], markdownSections(bodies[side])));
  const body = mergeLines(bodies, {
    ledger,
    budget,
    kindsOf: lineKinds,
    headingAt: (side, line) => index[side].at(line),
  });
  return { text: frontmatter + body.text, decisions: ledger.decisions, units: ledger.units };
}
