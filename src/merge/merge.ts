import { sameButForShape } from "../formats/text-shape.ts";
import { chosenText } from "./chosen-text.ts";
import { mergeData } from "./data/merge-data.ts";
import { sharedShape } from "./lines/shared-shape.ts";
import type { ThreeOf } from "./lines/three-way.ts";
import { mergeComparisonsMax, WorkBudget } from "./lines/work-budget.ts";
import { mergeMarkdown } from "./markdown/merge-markdown.ts";
import { MergeLedger } from "./merge-ledger.ts";
import type { MergeOptions, OverlapRule, TextMerge } from "./merge-types.ts";
import { mergeLines } from "./overlap/merge-lines.ts";

/**
 * Merges three versions of a text by the rules R0 to R6; what they do not decide is a unit (DESIGN 8). Pure and
 * deterministic: the work is bounded by a count, and where that is used up a stretch is one unit. `base` is empty
 * where both sides are new.
 *
 * What neither side touched stays byte for byte. BOM, line ends and the final newline are each those of the side that
 * changed them, theirs where both did.
 */
export function merge(texts: ThreeOf<string>, options: MergeOptions): TextMerge {
  const { base, yours, theirs } = texts;
  if (yours === theirs) return taken(theirs, "R0");
  if (yours === base) return taken(theirs, "R1");
  if (theirs === base) return taken(yours, "R1");
  const { texts: common, restore } = sharedShape(texts);
  if (sameButForBlanks(yours, theirs) && sameButForShape(yours, theirs))
    return taken(restore(common.theirs), "R0");
  const merged = mergeInFormat(common, options);
  const result = { ...merged, text: restore(merged.text) };
  return hasNewProblem(result.text, texts, options) ? wholeAsked("X4", texts, options) : result;
}

/** Whether the result has a problem that neither side had. */
function hasNewProblem(
  result: string,
  { yours, theirs }: ThreeOf<string>,
  { validate }: MergeOptions,
): boolean {
  const problems = validate?.(result) ?? [];
  if (validate === undefined || problems.length === 0) return false;
  const known = new Set([...validate(yours), ...validate(theirs)]);
  return problems.some((problem) => !known.has(problem));
}

/** The whole text as one unit. */
function wholeAsked(rule: OverlapRule, texts: ThreeOf<string>, options: MergeOptions): TextMerge {
  const ledger = new MergeLedger(options);
  const choice = ledger.ask({ rule, where: "", ...texts }, null, (one) => one !== "both");
  return { text: chosenText(choice, texts), decisions: ledger.decisions, units: ledger.units };
}

/** Ends at the first difference, so that it costs little where texts are not the same. */
function sameButForBlanks(one: string, other: string): boolean {
  let at = 0;
  let there = 0;
  for (;;) {
    while (isBlank(one.charCodeAt(at))) at += 1;
    while (isBlank(other.charCodeAt(there))) there += 1;
    if (at >= one.length || there >= other.length) return at >= one.length && there >= other.length;
    if (one.charCodeAt(at) !== other.charCodeAt(there)) return false;
    at += 1;
    there += 1;
  }
}

/** Blanks, line ends and the byte order mark. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13 || code === 0xfeff;
}

function taken(text: string, rule: "R0" | "R1"): TextMerge {
  return { text, decisions: [{ rule, where: "" }], units: [] };
}

function mergeInFormat(texts: ThreeOf<string>, options: MergeOptions): TextMerge {
  const { format } = options;
  if (format === "markdown") return mergeMarkdown(texts, options);
  if (format === "text") return mergePlain(texts, options);
  const { base, yours, theirs } = texts;
  const merged = mergeData(base, yours, theirs, { ...options, format, wherePrefix: "" });
  if (merged !== null) return merged;
  const lines = mergePlain(texts, options);
  return { ...lines, decisions: [{ rule: "R4", where: "", fallback: "lines" }, ...lines.decisions] };
}

function mergePlain(texts: ThreeOf<string>, options: MergeOptions): TextMerge {
  const ledger = new MergeLedger(options);
  const { text } = mergeLines(texts, {
    ledger,
    budget: new WorkBudget(mergeComparisonsMax),
    kindsOf: (lines) => lines.map(() => "markup"),
    headingAt: () => "",
    linesBefore: 0,
  });
  return { text, decisions: ledger.decisions, units: ledger.units };
}
