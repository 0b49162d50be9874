import { isList, isRecord } from "../../formats/format-value.ts";
import type { OverlapRule } from "../merge-types.ts";
import { listKind, writtenSet } from "./list-kind.ts";
import { mergeNamed } from "./merge-named.ts";
import { mergeSequence } from "./merge-sequence.ts";
import { mergeSets } from "./merge-sets.ts";
import { mergedLines, type OverlappingLines } from "./merged-lines.ts";
import { keySpot, type Sides, type Spot, sameThere, type ValueSides } from "./sides.ts";
import { askFor, ownValue, recordRule, recordTaken, type ValueMerger } from "./value-merger.ts";

/** Rule R2: what each side changed, by key path. Undefined where nothing stands at the spot afterwards. */
export function mergeValues(merger: ValueMerger, spot: Spot, sides: ValueSides): unknown {
  const { base, yours, theirs } = sides;
  if (sameThere(yours, theirs)) {
    if (!sameThere(base, theirs)) merger.ledger.decide({ rule: "R0", where: spot.where });
    return theirs;
  }
  if (sameThere(base, yours)) return taken(merger, spot, sides, "theirs");
  if (sameThere(base, theirs)) return taken(merger, spot, sides, "yours");
  if (yours === undefined || theirs === undefined) return askFor(merger, spot, "X2", sides);
  const sets = mergedAsSets(merger, spot, sides);
  if (sets !== undefined) return sets;
  if (isRecord(yours) && isRecord(theirs)) {
    return mergeMaps(merger, spot, { base: isRecord(base) ? base : undefined, yours, theirs });
  }
  if (isList(yours) && isList(theirs)) {
    return mergeLists(merger, spot, { base: isList(base) ? base : undefined, yours, theirs });
  }
  return mergeTexts(merger, spot, sides);
}

/** Takes the one side that changed. What it removed may have a comment that the other changed meanwhile. */
function taken(merger: ValueMerger, spot: Spot, sides: ValueSides, side: "yours" | "theirs"): unknown {
  const other = side === "yours" ? "theirs" : "yours";
  if (sides[side] === undefined && merger.changedComments(other, spot.path)) {
    return askFor(merger, spot, "X2", sides);
  }
  const { base, yours, theirs } = sides;
  if (isRecord(base) && isRecord(yours) && isRecord(theirs) && lacksKeys(base, sides[side])) {
    if (merger.changedComments(other, spot.path)) return mergeMaps(merger, spot, { base, yours, theirs });
  }
  recordTaken(merger, spot, sides.base, sides[side]);
  return sides[side];
}

/** Whether a key of the base is gone, at any depth. */
function lacksKeys(base: TextMap, side: unknown): boolean {
  return Object.entries(base).some(([key, value]) => {
    const present = isRecord(side) ? ownValue(side, key) : undefined;
    return present === undefined || (isRecord(value) && isRecord(present) && lacksKeys(value, present));
  });
}

function mergedAsSets(merger: ValueMerger, spot: Spot, { base, yours, theirs }: ValueSides): unknown {
  const key = spot.path.at(-1);
  const sets = {
    base: base === undefined ? undefined : (writtenSet(key, base) ?? undefined),
    yours: writtenSet(key, yours),
    theirs: writtenSet(key, theirs),
  };
  if (sets.yours === null || sets.theirs === null || (base !== undefined && sets.base === undefined)) {
    return undefined;
  }
  return mergeSets(merger, spot, { base: sets.base, yours: sets.yours, theirs: sets.theirs });
}

type TextMap = Readonly<Record<string, unknown>>;

/** Keys stand as theirs have them, those that only yours has behind. */
function mergeMaps(merger: ValueMerger, spot: Spot, { base, yours, theirs }: Sides<TextMap>): TextMap {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(yours)]);
  const entries: (readonly [string, unknown])[] = [];
  for (const key of keys) {
    const value = merger.merge(keySpot(spot, key), {
      base: base === undefined ? undefined : ownValue(base, key),
      yours: ownValue(yours, key),
      theirs: ownValue(theirs, key),
    });
    if (value !== undefined) entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

function mergeLists(merger: ValueMerger, spot: Spot, sides: Sides<readonly unknown[]>): unknown {
  const kind = merger.listKind(spot.path) ?? listKind(spot.path.at(-1), sides);
  if (kind === "set") {
    const asSet = (items: readonly unknown[]) => ({ items, separator: null });
    return mergeSets(merger, spot, {
      base: sides.base === undefined ? undefined : asSet(sides.base),
      yours: asSet(sides.yours),
      theirs: asSet(sides.theirs),
    });
  }
  if (kind !== "sequence") return mergeNamed(merger, spot, sides, kind.namedBy);
  return mergeSequence(merger, spot, sides);
}

/** Texts of several lines are merged by them, and asked by the lines that overlap; other scalars ask. */
function mergeTexts(merger: ValueMerger, spot: Spot, sides: ValueSides): unknown {
  const { base, yours, theirs } = sides;
  const rule: OverlapRule = base === undefined ? "X3" : "X1";
  if (typeof yours !== "string" || typeof theirs !== "string") return askFor(merger, spot, rule, sides);
  const isLong = (text: unknown) => typeof text === "string" && text.trimEnd().includes("\n");
  if (!isLong(yours) && !isLong(theirs)) return askFor(merger, spot, rule, sides);
  if (typeof base !== "string" || !isLong(base))
    return askFor(merger, spot, rule, sides, () => joined(theirs, yours));
  const merged = mergedLines(base, yours, theirs, "overlap", (overlap) => askForLines(merger, spot, overlap));
  if (merged === null) return askFor(merger, spot, rule, sides, () => joined(theirs, yours));
  recordRule(merger.ledger, spot, "R4", theirs, merged);
  return merged;
}

function askForLines(
  merger: ValueMerger,
  spot: Spot,
  { line, base, yours, theirs }: OverlappingLines,
): string {
  const orNothing = (text: string) => (text === "" ? undefined : text);
  const sides = { base: orNothing(base), yours: orNothing(yours), theirs: orNothing(theirs) };
  const rule = yours === "" || theirs === "" ? "X2" : base === "" ? "X3" : "X1";
  const lineSpot = { ...spot, where: `${spot.where} (line ${line})` };
  const answer = askFor(merger, lineSpot, rule, sides, () => joined(theirs, yours));
  return answer === undefined ? "" : String(answer);
}

function joined(theirs: string, yours: string): string {
  return theirs === "" || theirs.endsWith("\n") ? theirs + yours : `${theirs}\n${yours}`;
}
