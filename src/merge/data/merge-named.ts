import { nameOf } from "./list-kind.ts";
import { itemSpot, type Sides, type Spot, sameThere } from "./sides.ts";
import { askFor, recordRule, type ValueMerger } from "./value-merger.ts";

type List = readonly unknown[];

/** Merges a list whose items have names of their own, item by item; their order is merged apart. */
export function mergeNamed(merger: ValueMerger, spot: Spot, sides: Sides<List>, namedBy: string): unknown {
  const names = (list: List) => list.map((item) => nameOf(item, namedBy) ?? "");
  const order = { base: names(sides.base ?? []), yours: names(sides.yours), theirs: names(sides.theirs) };
  if (bothRenamed(order)) return askFor(merger, spot, "X1", sides);
  const itemOf = (list: List | undefined, name: string) =>
    list?.find((item) => nameOf(item, namedBy) === name);
  const merged = new Map<string, unknown>();
  for (const name of new Set([...order.theirs, ...order.yours])) {
    const item = merger.merge(itemSpot(spot, name), {
      base: itemOf(sides.base, name),
      yours: itemOf(sides.yours, name),
      theirs: itemOf(sides.theirs, name),
    });
    if (item !== undefined) merged.set(name, item);
  }
  return mergedOrder(merger, spot, order).flatMap((name) => (merged.has(name) ? [merged.get(name)] : []));
}

interface NameOrder {
  readonly base: readonly string[];
  readonly yours: readonly string[];
  readonly theirs: readonly string[];
}

/** What both removed while each added something else may be one item, renamed twice: nobody can tell. */
function bothRenamed({ base, yours, theirs }: NameOrder): boolean {
  const isNew = (name: string) => !base.includes(name);
  return (
    base.some((name) => !yours.includes(name) && !theirs.includes(name)) &&
    yours.some((name) => isNew(name) && !theirs.includes(name)) &&
    theirs.some((name) => isNew(name) && !yours.includes(name))
  );
}

function mergedOrder(merger: ValueMerger, spot: Spot, order: NameOrder): readonly string[] {
  const { base, yours, theirs } = order;
  const shared = base.filter((name) => yours.includes(name) && theirs.includes(name));
  const orderIn = (names: readonly string[]) => names.filter((name) => shared.includes(name));
  const sides = { base: shared, yours: orderIn(yours), theirs: orderIn(theirs) };
  const isMovedByYours = !sameThere(sides.base, sides.yours);
  const isMovedByTheirs = !sameThere(sides.base, sides.theirs);
  let first: "yours" | "theirs" = isMovedByYours && !isMovedByTheirs ? "yours" : "theirs";
  if (isMovedByYours && isMovedByTheirs && !sameThere(sides.yours, sides.theirs)) {
    const answer = askFor(merger, { ...spot, where: `${spot.where} (order)` }, "X1", sides);
    if (sameThere(answer, sides.yours)) first = "yours";
  }
  return withAdditions(merger, spot, order, first);
}

/** Puts what only the other side has behind what it stands behind there; at one place theirs come first. */
function withAdditions(
  { ledger }: ValueMerger,
  spot: Spot,
  { base, yours, theirs }: NameOrder,
  first: "yours" | "theirs",
): readonly string[] {
  const [skeleton, other] = first === "theirs" ? [theirs, yours] : [yours, theirs];
  const result = [...skeleton];
  const isAddedBySkeleton = (name: string | undefined) =>
    name !== undefined && !base.includes(name) && !other.includes(name);
  for (const [index, name] of other.entries()) {
    if (result.includes(name)) continue;
    let at = result.indexOf(other[index - 1] ?? "") + 1;
    const isSamePlace = !base.includes(name) && isAddedBySkeleton(result[at]);
    if (isSamePlace) recordRule(ledger, spot, "R6", [], [name], "order");
    if (first === "theirs") while (isAddedBySkeleton(result[at])) at += 1;
    result.splice(at, 0, name);
  }
  return result;
}
