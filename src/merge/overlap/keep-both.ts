import type { Span } from "../lines/three-way.ts";
import { isMember, type LineKind } from "./line-kinds.ts";
import type { Overlap, OverlapParts, Resolution } from "./overlap-parts.ts";
import { wordSimilarity } from "./word-similarity.ts";

/** From here on two additions are taken for two ways to say the same. */
const sameSaying = 0.5;

/**
 * Both only added at the same place (rule R6): both stay, theirs first, where each addition is whole by itself: paragraphs,
 * sections, members of a list or a table. Not inside a paragraph or code, not where both say much the
 * same, and not where both wrote the first text of all.
 */
export function keepBothAdditions({ all, spans }: Overlap, { texts }: OverlapParts): Resolution {
  const isFirstText = all.kinds.base.every((kind) => kind === "blank");
  if (isFirstText || wordSimilarity(texts.yours, texts.theirs) >= sameSaying)
    return { outcome: "ask", rule: "X3" };
  const areWhole = isWhole(all.kinds.yours, spans.yours) && isWhole(all.kinds.theirs, spans.theirs);
  if (!areWhole) return { outcome: "ask", rule: "X1" };
  return { outcome: "merged", rule: "R6", text: texts.theirs + texts.yours, mark: "order" };
}

/** Whether these lines, added to a text of these kinds, begin and end between two blocks or two members. */
function isWhole(kinds: readonly LineKind[], { start, end }: Span): boolean {
  const before = start > 0 ? kinds[start - 1] : "blank";
  const after = end < kinds.length ? kinds[end] : "blank";
  if (before === "open" || before === "code") return false;
  const first = kinds[start];
  const last = kinds[end - 1];
  if (first === "code" || first === "close" || last === "code" || last === "open") return false;
  return isBoundary(before, first) && isBoundary(last, after);
}

function isBoundary(above: LineKind | undefined, below: LineKind | undefined): boolean {
  if (above === "blank" || below === "blank" || below === "heading" || above === "heading") return true;
  return isMember(above) && isMember(below) && above === below;
}
