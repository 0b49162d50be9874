import type { Frontmatter } from "../../formats/frontmatter.ts";
import { chosenText } from "../chosen-text.ts";
import { mergeData } from "../data/merge-data.ts";
import { eachOf, type ThreeOf } from "../lines/three-way.ts";
import type { WorkBudget } from "../lines/work-budget.ts";
import type { MergeLedger } from "../merge-ledger.ts";
import type { MergeOptions } from "../merge-types.ts";
import { mergeLines } from "../overlap/merge-lines.ts";

interface FrontmatterContext {
  readonly ledger: MergeLedger;
  readonly budget: WorkBudget;
}

/** Merges three frontmatters, fences and all, each null where there is none; what comes out is "" for none. */
export function mergeFrontmatter(
  sides: ThreeOf<Frontmatter | null>,
  options: MergeOptions,
  context: FrontmatterContext,
): string {
  const { base, yours, theirs } = sides;
  const texts = eachOf((side) => writtenFrontmatter(sides[side]));
  if (texts.yours === texts.theirs || texts.yours === texts.base) return oneSided(texts, "theirs", context);
  if (texts.theirs === texts.base) return oneSided(texts, "yours", context);
  if (yours === null || theirs === null) return removedOnOneSide(sides, context);
  const yaml = { base: base?.yaml ?? "", yours: yours.yaml, theirs: theirs.yaml };
  const open = theirs.open === base?.open ? yours.open : theirs.open;
  const close = theirs.close === base?.close ? yours.close : theirs.close;
  return open + mergeYaml(yaml, options, context) + close;
}

function mergeYaml(yaml: ThreeOf<string>, options: MergeOptions, context: FrontmatterContext): string {
  const wherePrefix = "frontmatter: ";
  const merged = mergeData(yaml.base, yaml.yours, yaml.theirs, { ...options, format: "yaml", wherePrefix });
  if (merged !== null) {
    context.ledger.include(merged);
    return merged.text;
  }
  context.ledger.decide({ rule: "R4", where: "frontmatter", fallback: "lines" });
  const lines = mergeLines(yaml, {
    ...context,
    kindsOf: (all) => all.map(() => "markup"),
    headingAt: () => "frontmatter",
    linesBefore: 1,
  });
  return lines.text;
}

function oneSided(texts: ThreeOf<string>, side: "yours" | "theirs", { ledger }: FrontmatterContext): string {
  if (texts[side] !== texts.base) ledger.decide({ rule: "R2", where: "frontmatter" });
  return texts[side];
}

function removedOnOneSide(sides: ThreeOf<Frontmatter | null>, { ledger }: FrontmatterContext): string {
  const unit = eachOf((side) => (sides[side] === null ? null : writtenFrontmatter(sides[side])));
  // Both of them is no frontmatter.
  const choice = ledger.ask({ rule: "X2", where: "frontmatter", ...unit }, null, (one) => one !== "both");
  return chosenText(choice, unit);
}

/** The frontmatter as it stands, fences and all; "" for none. */
export function writtenFrontmatter(frontmatter: Frontmatter | null): string {
  return frontmatter === null ? "" : frontmatter.open + frontmatter.yaml + frontmatter.close;
}
