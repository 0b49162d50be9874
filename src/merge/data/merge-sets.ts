import type { WrittenSet } from "./list-kind.ts";
import { type Sides, type Spot, valueKey } from "./sides.ts";
import { recordRule, type ValueMerger } from "./value-merger.ts";

/**
 * Sets never overlap: whatever a side added is in, whatever a side removed is out. Theirs keep their order and
 * way of writing, unless only yours changed from a list to a text or back.
 */
export function mergeSets(
  { ledger }: ValueMerger,
  spot: Spot,
  { base, yours, theirs }: Sides<WrittenSet>,
): unknown {
  const had = new Set((base?.items ?? []).map(valueKey));
  const inYours = new Set(yours.items.map(valueKey));
  const inTheirs = new Set(theirs.items.map(valueKey));
  const kept = theirs.items.filter((item) => inYours.has(valueKey(item)) || !had.has(valueKey(item)));
  const added = yours.items.filter((item) => !inTheirs.has(valueKey(item)) && !had.has(valueKey(item)));
  const items = [...kept, ...added];
  const isList = (set: WrittenSet) => set.separator === null;
  const isRewritten = base !== undefined && isList(base) === isList(theirs) && isList(yours) !== isList(base);
  const separator = isRewritten ? yours.separator : separatorOf(theirs, yours);
  recordRule(ledger, spot, "R2", base?.items, items);
  return separator === null ? items : items.join(separator);
}

/** One item alone shows no separator of its own. */
function separatorOf(theirs: WrittenSet, yours: WrittenSet): string | null {
  const isUnknown = theirs.separator !== null && theirs.items.length < 2;
  return isUnknown ? (yours.separator ?? theirs.separator) : theirs.separator;
}
