import { chosenText } from "../chosen-text.ts";
import { eachOf, type ThreeOf } from "../lines/three-way.ts";
import type { WorkBudget } from "../lines/work-budget.ts";
import type { MergeLedger } from "../merge-ledger.ts";
import { lineKinds } from "../overlap/line-kinds.ts";
import { type MergedLines, mergeLines } from "../overlap/merge-lines.ts";
import { mergeOrder, withRows } from "./section-order.ts";
import { type SectionRow, sectionTable } from "./section-table.ts";
import { type SectionText, sectionTexts } from "./section-text.ts";

interface SectionContext {
  readonly ledger: MergeLedger;
  readonly budget: WorkBudget;
  readonly linesBefore: number;
}

/**
 * Merges three Markdown texts section by section (rule R3), so that what one side edited in a section follows it to
 * where the other side moved it. Null where the order of the sections cannot be merged, and where no side has other
 * sections than the base: lines are enough there.
 */
export function mergeSections(bodies: ThreeOf<string>, context: SectionContext): MergedLines | null {
  const sections = eachOf((side) => sectionTexts(bodies[side]));
  if (haveSameNames(sections.base, sections.yours) && haveSameNames(sections.base, sections.theirs))
    return null;
  const { rows, order } = sectionTable(sections);
  const removed = eachOf((side) =>
    side === "base" ? [] : order.base.filter((row) => isRemovedAndChanged(rows[row], side)),
  );
  const kept = eachOf((side) => withRows(order[side], removed[side], order.base));
  const merged = mergeOrder(
    eachOf((side) => kept[side].filter((row) => rows[row]?.base === null || isOnBoth(row, kept))),
    context.budget,
  );
  if (merged === null) return null;
  const parts = merged.rows.map((row) => mergeRow(rows[row], context));
  for (const row of merged.arbitrary) {
    context.ledger.decide({ rule: "R6", where: rows[row]?.yours?.name ?? "", mark: "order" });
  }
  return {
    text: parts.map(({ text }) => text).join(""),
    oneSided: [...parts.flatMap(({ oneSided }) => oneSided), ...goneFromBoth(rows)],
  };
}

/** Sections that neither side has: where one of them went on under another heading, its lines tell. */
function goneFromBoth(rows: readonly SectionRow[]) {
  return rows.flatMap(({ base, yours, theirs }) =>
    base === null || yours !== null || theirs !== null
      ? []
      : [{ base: base.text, yours: "", theirs: "", merged: "" }],
  );
}

function haveSameNames(some: readonly SectionText[], others: readonly SectionText[]): boolean {
  return some.length === others.length && some.every(({ name }, index) => name === others[index]?.name);
}

function isOnBoth(row: number, { yours, theirs }: ThreeOf<readonly number[]>): boolean {
  return yours.includes(row) && theirs.includes(row);
}

/** Whether a side has this section no longer, and the other one changed it. */
function isRemovedAndChanged(row: SectionRow | undefined, side: "yours" | "theirs"): boolean {
  if (row === undefined || row.base === null || row[side] !== null) return false;
  const other = row[side === "yours" ? "theirs" : "yours"];
  return other !== null && other.text.trimEnd() !== row.base.text.trimEnd();
}

function mergeRow(row: SectionRow | undefined, context: SectionContext): MergedLines {
  const { base = null, yours = null, theirs = null } = row ?? {};
  const where = (theirs ?? base ?? yours)?.name ?? "";
  const texts = { base: base?.text ?? null, yours: yours?.text ?? null, theirs: theirs?.text ?? null };
  const full = { base: texts.base ?? "", yours: texts.yours ?? "", theirs: texts.theirs ?? "" };
  if (texts.yours === texts.theirs) return { text: texts.theirs ?? "", oneSided: [] };
  for (const [kept, other] of [
    ["theirs", "yours"],
    ["yours", "theirs"],
  ] as const) {
    if (texts[other] !== texts.base && !isRemoval(texts[kept], texts[other], texts.base)) continue;
    context.ledger.decide({ rule: "R3", where });
    const merged = texts[kept] ?? "";
    return { text: merged, oneSided: [{ ...full, merged }] };
  }
  if (texts.yours === null || texts.theirs === null) {
    const merged = chosenText(context.ledger.ask({ rule: "X2", where, ...texts }), texts);
    return { text: merged, oneSided: [] };
  }
  const parts = eachOf((side) => splitGap(full[side]));
  const contents = eachOf((side) => parts[side].content);
  const merged = mergeLines(contents, { ...context, kindsOf: lineKinds, headingAt: () => where });
  const { base: before, yours: mine, theirs: other } = eachOf((side) => parts[side].gap);
  return { ...merged, text: merged.text + (other === before ? mine : other) };
}

/** The blank lines behind a section part it from the next one: who puts a section there changes them, and not the text. */
function splitGap(text: string): { readonly content: string; readonly gap: string } {
  const newline = text.indexOf("\n", text.trimEnd().length);
  const contentEnd = newline === -1 ? text.length : newline + 1;
  return { content: text.slice(0, contentEnd), gap: text.slice(contentEnd) };
}

/** Whether one side removed what the other left as it was, but for blank lines behind it. */
function isRemoval(one: string | null, other: string | null, base: string | null): boolean {
  return one === null && other !== null && base !== null && other.trimEnd() === base.trimEnd();
}
