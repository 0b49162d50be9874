import { sameButForShape } from "../../formats/text-shape.ts";
import type { WorkBudget } from "../lines/work-budget.ts";
import { mergeSentences } from "../prose/merge-sentences.ts";
import { keepBothAdditions } from "./keep-both.ts";
import { longerOfNested } from "./longer-of-nested.ts";
import { mergeRow } from "./merge-rows.ts";
import { mergeTable } from "./merge-table.ts";
import { type Overlap, type OverlapParts, overlapParts, type Resolution } from "./overlap-parts.ts";
import { wordsAhead } from "./words-ahead.ts";

/** What becomes of lines that both sides changed, or added at the same place: the rules from the surest on. */
export function resolveOverlap(overlap: Overlap, budget: WorkBudget): Resolution {
  const parts = overlapParts(overlap);
  const { lines, texts } = parts;
  if (sameButForShape(texts.yours, texts.theirs))
    return { outcome: "merged", rule: "R0", text: texts.theirs };
  const longer = longerOfNested(lines.yours, lines.theirs, budget);
  if (longer !== null) return { outcome: "merged", rule: "R4", text: texts[longer] };
  if (lines.base.length === 0) return keepBothAdditions(overlap, parts);
  if (lines.yours.length === 0 || lines.theirs.length === 0) return { outcome: "ask", rule: "X2" };
  return (
    mergeLineByLine(parts, budget) ??
    mergeRowsOfTable(parts, budget) ??
    mergeParagraph(parts, budget) ??
    takeWhoWentOn(parts, budget) ?? { outcome: "ask", rule: "X1" }
  );
}

function mergeRowsOfTable({ lines, kinds }: OverlapParts, budget: WorkBudget): Resolution | null {
  const isTable = [kinds.base, kinds.yours, kinds.theirs].every((side) =>
    side.every((kind) => kind === "table"),
  );
  const text = isTable ? mergeTable(lines, budget) : null;
  return text === null ? null : { outcome: "merged", rule: "R4", text };
}

/** Both made the same change of some words, and one went on from there. */
function takeWhoWentOn({ texts }: OverlapParts, budget: WorkBudget): Resolution | null {
  const ahead = wordsAhead(texts, budget);
  return ahead === null ? null : { outcome: "merged", rule: "R4", text: texts[ahead] };
}

/** As many lines on each side: each for itself. */
function mergeLineByLine({ lines, kinds }: OverlapParts, budget: WorkBudget): Resolution | null {
  const count = lines.base.length;
  if (lines.yours.length !== count || lines.theirs.length !== count) return null;
  /** Set where a line was taken apart: a row into its cells (R4), prose into its sentences (R5). */
  let inside: "R4" | "R5" | null = null;
  const merged: string[] = [];
  for (let index = 0; index < count; index++) {
    const base = lines.base[index] ?? "";
    const yours = lines.yours[index] ?? "";
    const theirs = lines.theirs[index] ?? "";
    if (yours === theirs || yours === base) merged.push(theirs);
    else if (theirs === base) merged.push(yours);
    else {
      const texts = { base, yours, theirs };
      const sides = [kinds.base[index], kinds.yours[index], kinds.theirs[index]];
      const row = sides.every((kind) => kind === "table") ? mergeRow(texts) : null;
      const isProse = sides.every((kind) => kind === "prose" || kind === "item");
      const line = row ?? (isProse ? mergeSentences(texts, budget) : null);
      if (line === null) return null;
      inside = row === null ? "R5" : (inside ?? "R4");
      merged.push(line);
    }
  }
  const text = merged.join("");
  return inside === null
    ? { outcome: "merged", rule: "R4", text }
    : { outcome: "merged", rule: inside, text, mark: "look" };
}

/** One paragraph of prose over several lines, or of another number of lines than before. */
function mergeParagraph({ lines, kinds, texts }: OverlapParts, budget: WorkBudget): Resolution | null {
  const isParagraph = [kinds.base, kinds.yours, kinds.theirs].every((side) =>
    side.every((kind, index) => kind === "prose" || (kind === "item" && index === 0)),
  );
  if (!isParagraph || lines.base.length === 0) return null;
  const text = mergeSentences(texts, budget);
  return text === null ? null : { outcome: "merged", rule: "R5", text, mark: "look" };
}
