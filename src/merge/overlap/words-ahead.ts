import { Interning } from "../lines/interning.ts";
import { eachOf, type ThreeOf, threeWay } from "../lines/three-way.ts";
import type { WorkBudget } from "../lines/work-budget.ts";

/** Longer texts are not taken apart; UTF-16 units. */
const lengthMax = 20_000;
/** A word, or one character of anything else; how words are spaced and lines are broken counts for nothing here. */
const tokens = /[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu;

/**
 * The side that made every change of the other, word for word, and went on from there; null where each side changed
 * something that the other did not. Nothing that the other side meant is lost by taking it.
 */
export function wordsAhead(texts: ThreeOf<string>, budget: WorkBudget): "yours" | "theirs" | null {
  if (Math.max(texts.base.length, texts.yours.length, texts.theirs.length) > lengthMax) return null;
  const words = eachOf((side) => texts[side].match(tokens) ?? []);
  const interning = new Interning();
  const numbers = eachOf((side) => interning.numbersOf(words[side]));
  const textOf = (side: "yours" | "theirs", span: { readonly start: number; readonly end: number }) =>
    words[side].slice(span.start, span.end).join(" ");
  const changedAlone = { yours: false, theirs: false };
  for (const { changedBy, yours, theirs } of threeWay(numbers, budget)) {
    if (changedBy === "yours" || changedBy === "theirs") changedAlone[changedBy] = true;
    else if (changedBy === "both" && textOf("yours", yours) !== textOf("theirs", theirs)) return null;
  }
  if (changedAlone.yours === changedAlone.theirs) return null;
  return changedAlone.yours ? "yours" : "theirs";
}
