import type { UnitChoice } from "../../domain/conflicts.ts";
import { isRecord } from "../../formats/format-value.ts";
import type { MergeLedger } from "../merge-ledger.ts";
import type { MergedRule, OverlapRule } from "../merge-types.ts";
import type { ListKind } from "./list-kind.ts";
import { grantsPower } from "./powerful-keys.ts";
import { keySpot, type Spot, sameThere, type ValueSides } from "./sides.ts";
import { type DataFormat, readValueText, valueText } from "./value-text.ts";

/** What the rules of one merge of values share. */
export interface ValueMerger {
  readonly format: DataFormat;
  readonly ledger: MergeLedger;
  /** The kind of the list at a path; null leaves it to its key and content. */
  readonly listKind: (path: readonly string[]) => ListKind | null;
  /** Whether a side changed a comment at the path or below it. */
  readonly changedComments: (side: "yours" | "theirs", path: readonly string[]) => boolean;
  /** Every path that was asked, however it was answered. */
  readonly asked: (readonly string[])[];
  /** Merges whatever stands at a spot; undefined where nothing does afterwards. */
  readonly merge: (spot: Spot, sides: ValueSides) => unknown;
}

/** Asks for a spot that both sides changed. Theirs stands there meanwhile. */
export function askFor(
  { format, ledger, asked }: ValueMerger,
  spot: Spot,
  rule: OverlapRule,
  sides: ValueSides,
  both?: () => unknown,
): unknown {
  asked.push(spot.path);
  const choice = ledger.ask(unitOf(format, spot, rule, sides), spot.path, (one) => {
    if (one === "both") return both !== undefined;
    return typeof one === "string" || readValueText(format, one.text) !== undefined;
  });
  return chosen(format, choice, sides, both);
}

/** Asks for what was merged and cannot be written into theirs' text, so that only theirs can stand. */
export function askUnwritten({ format, ledger }: ValueMerger, spot: Spot, sides: ValueSides): void {
  ledger.ask(unitOf(format, spot, "X1", sides), spot.path, (one) => one === "theirs");
}

function unitOf(format: DataFormat, spot: Spot, rule: OverlapRule, { base, yours, theirs }: ValueSides) {
  const isPowerful = grantsPower(spot.path, theirs, yours) || grantsPower(spot.path, base, theirs);
  return {
    rule,
    where: spot.where,
    base: valueText(format, base),
    yours: valueText(format, yours),
    theirs: valueText(format, theirs),
    ...(isPowerful ? { mark: "security" as const } : {}),
  };
}

function chosen(
  format: DataFormat,
  choice: UnitChoice | null,
  { yours, theirs }: ValueSides,
  both: (() => unknown) | undefined,
): unknown {
  if (choice === "yours") return yours;
  if (choice === "both" && both !== undefined) return both();
  return choice !== null && typeof choice === "object" ? readValueText(format, choice.text) : theirs;
}

/** Puts on record what of a value was taken from a side, key by key. */
export function recordTaken(merger: ValueMerger, spot: Spot, before: unknown, after: unknown): void {
  if (!isRecord(before) || !isRecord(after)) {
    recordRule(merger.ledger, spot, "R2", before, after);
    return;
  }
  for (const key of new Set([...Object.keys(after), ...Object.keys(before)])) {
    const was = ownValue(before, key);
    const is = ownValue(after, key);
    if (!sameThere(was, is)) recordTaken(merger, keySpot(spot, key), was, is);
  }
}

/** Puts a merged spot on record; what grants power is marked as such rather than by its order. */
export function recordRule(
  ledger: MergeLedger,
  { path, where }: Spot,
  rule: MergedRule,
  before: unknown,
  after: unknown,
  mark?: "look" | "order",
): void {
  const shown = grantsPower(path, before, after) ? "security" : mark;
  ledger.decide(shown === undefined ? { rule, where } : { rule, where, mark: shown });
}

export function ownValue(map: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
