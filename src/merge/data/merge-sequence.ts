import { Interning } from "../lines/interning.ts";
import { sideAhead } from "../lines/side-ahead.ts";
import { bothChanges, eachOf, type ThreeOf } from "../lines/three-way.ts";
import { mergeComparisonsMax, WorkBudget } from "../lines/work-budget.ts";
import { changedRuns, type RunRange } from "./changed-runs.ts";
import { itemSpot, type Sides, type Spot, sameThere, valueKey } from "./sides.ts";
import { askFor, recordRule, type ValueMerger } from "./value-merger.ts";

type List = readonly unknown[];

/** Merges a list whose items are told apart only by what they are: both diffs against the base, run by run. */
export function mergeSequence(merger: ValueMerger, spot: Spot, sides: Sides<List>): unknown {
  const { base, yours, theirs } = sides;
  if (base === undefined) return askFor(merger, spot, "X3", sides, () => united(theirs, yours));
  const keys = { base: base.map(valueKey), yours: yours.map(valueKey), theirs: theirs.map(valueKey) };
  const ahead = listAhead(keys);
  if (ahead !== null) {
    recordRule(merger.ledger, spot, "R2", base, sides[ahead]);
    return sides[ahead];
  }
  const runs = isAddedAndRemoved(keys) ? null : changedRuns(keys.base, keys.yours, keys.theirs);
  if (runs === null) return askFor(merger, spot, "X1", sides, () => united(theirs, yours));
  const result: unknown[] = [];
  let position = 0;
  for (const run of runs) {
    result.push(...base.slice(position, run.base.start));
    position = run.base.end;
    const part = (list: List, { start, end }: RunRange) => list.slice(start, end);
    const sideRuns = {
      at: run.theirs.start,
      base: part(base, run.base),
      yours: part(yours, run.yours),
      theirs: part(theirs, run.theirs),
    };
    result.push(...mergedRun(merger, spot, sideRuns));
  }
  return [...result, ...base.slice(position)];
}

/** The side that holds all that the other changed: a list that was merged once merges with either side to itself. */
function listAhead(keys: ThreeOf<readonly string[]>): "yours" | "theirs" | null {
  const interning = new Interning();
  const numbers = eachOf((side) => interning.numbersOf(keys[side]));
  const budget = new WorkBudget(mergeComparisonsMax);
  return sideAhead(numbers, bothChanges(numbers, budget), budget);
}

/** Whether one side added an item that the other removed: which of several equal ones, nobody can tell. */
function isAddedAndRemoved({ base, yours, theirs }: Sides<readonly string[]>): boolean {
  const more = new Map<string, { yours: number; theirs: number }>();
  const count = (keys: readonly string[], inYours: number, inTheirs: number) => {
    for (const key of keys) {
      const before = more.get(key) ?? { yours: 0, theirs: 0 };
      more.set(key, { yours: before.yours + inYours, theirs: before.theirs + inTheirs });
    }
  };
  count(base ?? [], -1, -1);
  count(yours, 1, 0);
  count(theirs, 0, 1);
  return [...more.values()].some((change) => change.yours * change.theirs < 0);
}

/** Part of a list as three versions have it, and where it begins in theirs. */
interface Run {
  readonly at: number;
  readonly base: List;
  readonly yours: List;
  readonly theirs: List;
}

function mergedRun(merger: ValueMerger, spot: Spot, run: Run): List {
  const { base, yours, theirs } = run;
  if (sameThere(yours, theirs)) return theirs;
  if (sameThere(base, yours) || sameThere(base, theirs)) {
    const side = sameThere(base, yours) ? theirs : yours;
    recordRule(merger.ledger, runSpot(spot, run), "R2", base, side);
    return side;
  }
  if (base.length === 0) return addedByBoth(merger, spot, run);
  if (base.length === yours.length && base.length === theirs.length) {
    return base.flatMap((item, index) => {
      const sides = { base: item, yours: yours[index], theirs: theirs[index] };
      const merged = merger.merge(itemSpot(spot, run.at + index), sides);
      return merged === undefined ? [] : [merged];
    });
  }
  return askForRun(merger, spot, run, yours.length === 0 || theirs.length === 0 ? "X2" : "X1");
}

/**
 * Additions at one place that have nothing in common are both kept, theirs first (R6); where one side's hold all of
 * the other's, in their order, they are taken.
 */
function addedByBoth(merger: ValueMerger, spot: Spot, run: Run): List {
  const yours = run.yours.map(valueKey);
  const theirs = run.theirs.map(valueKey);
  if (holdsInOrder(theirs, yours)) return run.theirs;
  if (holdsInOrder(yours, theirs)) {
    recordRule(merger.ledger, runSpot(spot, run), "R2", run.theirs, run.yours);
    return run.yours;
  }
  if (yours.some((item) => theirs.includes(item))) return askForRun(merger, spot, run, "X3");
  const both = [...run.theirs, ...run.yours];
  recordRule(merger.ledger, runSpot(spot, run), "R6", [], both, "order");
  return both;
}

function holdsInOrder(all: readonly string[], some: readonly string[]): boolean {
  let found = 0;
  for (const item of all) if (item === some[found]) found += 1;
  return found === some.length;
}

function askForRun(merger: ValueMerger, spot: Spot, run: Run, rule: "X1" | "X2" | "X3"): List {
  const orNothing = (list: List) => (list.length === 0 ? undefined : list);
  const sides = { base: orNothing(run.base), yours: orNothing(run.yours), theirs: orNothing(run.theirs) };
  const answer = askFor(merger, runSpot(spot, run), rule, sides, () => united(run.theirs, run.yours));
  return answer === undefined ? [] : Array.isArray(answer) ? answer : [answer];
}

function runSpot(spot: Spot, { at, base, theirs }: Run): Spot {
  const last = at + Math.max(base.length, theirs.length) - 1;
  return itemSpot(spot, last > at ? `${at}-${last}` : at);
}

function united(theirs: List, yours: List): List {
  const theirKeys = new Set(theirs.map(valueKey));
  return [...theirs, ...yours.filter((item) => !theirKeys.has(valueKey(item)))];
}
