import type { ThreeOf } from "../lines/three-way.ts";
import type { WorkBudget } from "../lines/work-budget.ts";
import { mergePieces, type Piece } from "./merge-pieces.ts";
import { splitSentences } from "./sentences.ts";

/** A paragraph that is longer is no prose that somebody reads; UTF-16 units. */
const paragraphLengthMax = 20_000;

/** Merges three versions of a paragraph by sentence (rule R5); null where both changed the same one. */
export function mergeSentences({ base, yours, theirs }: ThreeOf<string>, budget: WorkBudget): string | null {
  if (Math.max(base.length, yours.length, theirs.length) > paragraphLengthMax) return null;
  const merged = mergePieces(
    { base: sentencesOf(base), yours: sentencesOf(yours), theirs: sentencesOf(theirs) },
    budget,
  );
  if (merged === null) return null;
  const paragraph = merged.map(({ text }, index) =>
    index < merged.length - 1 ? spaced(text) : text.trimEnd(),
  );
  return paragraph.join("") + theirs.slice(theirs.trimEnd().length);
}

/** The mark of a list item and a bold lead-in ("- **Term** - ", "**Note:** "), which stands for itself. */
const leadIn = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?\*\*[^*\n]{1,200}\*\*(?:\s*[-–—:])?\s+/;

/** Two sentences are the same however their lines are broken. */
function sentencesOf(paragraph: string): readonly Piece[] {
  const lead = leadIn.exec(paragraph)?.[0] ?? "";
  const sentences = splitSentences(paragraph.slice(lead.length).trimEnd());
  const texts = lead === "" ? sentences : [lead, ...sentences];
  return texts.map((text) => ({ key: text.trim().replace(/\s+/g, " "), text }));
}

/** A sentence that was the last one has no blank behind it; one that ends in a wide full stop needs none. */
function spaced(sentence: string): string {
  return /(?:\s|[。！？｡．][^\s.!?]{0,8})$/.test(sentence) ? sentence : `${sentence} `;
}
