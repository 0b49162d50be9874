import { type Change, diffSequences } from "./diff-sequences.ts";
import type { WorkBudget } from "./work-budget.ts";

/** From where to where in one of the three sequences. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What three versions hold, whatever it is. */
export interface ThreeOf<Value> {
  readonly base: Value;
  readonly yours: Value;
  readonly theirs: Value;
}

/** The same for each of the three versions. */
export function eachOf<Value>(of: (side: "base" | "yours" | "theirs") => Value): ThreeOf<Value> {
  return { base: of("base"), yours: of("yours"), theirs: of("theirs") };
}

/**
 * A part of three sequences: equal on all, changed by one side, or meant by both. The spans of all stretches, in
 * order, are exactly the three sequences.
 */
export interface Stretch extends ThreeOf<Span> {
  readonly changedBy: "none" | "yours" | "theirs" | "both";
}

/**
 * Aligns three sequences. Both sides meant a stretch where they changed the same value of the base, or added at the
 * same place; changes that only touch are two stretches.
 */
export function threeWay(sequences: ThreeOf<Int32Array>, budget: WorkBudget): readonly Stretch[] {
  return alignChanges(sequences.base.length, bothChanges(sequences, budget));
}

/** What each side changed in the base. */
export interface BothChanges {
  readonly yours: readonly Change[];
  readonly theirs: readonly Change[];
}

export function bothChanges({ base, yours, theirs }: ThreeOf<Int32Array>, budget: WorkBudget): BothChanges {
  return { yours: diffSequences(base, yours, budget), theirs: diffSequences(base, theirs, budget) };
}

/** `threeWay` of changes that are known already. */
export function alignChanges(baseLength: number, changes: BothChanges): readonly Stretch[] {
  const yours = new SideChanges(changes.yours);
  const theirs = new SideChanges(changes.theirs);
  const stretches: Stretch[] = [];
  const add = (changedBy: Stretch["changedBy"], span: Span, before: readonly [number, number]) => {
    const [yoursBefore, theirsBefore] = before;
    stretches.push({
      changedBy,
      base: span,
      yours: { start: span.start + yoursBefore, end: span.end + yours.growth },
      theirs: { start: span.start + theirsBefore, end: span.end + theirs.growth },
    });
  };
  let at = 0;
  for (;;) {
    const before = [yours.growth, theirs.growth] as const;
    const first = startsFirst(yours.next, theirs.next) ? yours : theirs;
    const start = first.next?.oneStart ?? baseLength;
    if (start > at) add("none", { start: at, end: start }, before);
    if (first.next === undefined) return stretches;
    let span = first.take({ start, end: start });
    let grown = true;
    let both = false;
    const second = first === yours ? theirs : yours;
    while (grown) {
      grown = false;
      for (const side of [second, first]) {
        while (side.next !== undefined && overlaps(span, side.next)) {
          span = side.take(span);
          grown = true;
          both ||= side === second;
        }
      }
    }
    add(both ? "both" : first === yours ? "yours" : "theirs", span, before);
    at = span.end;
  }
}

/** The changes of one side, taken one after the other. */
class SideChanges {
  /** By how much the side is longer than the base up to here. */
  growth = 0;
  readonly #changes: readonly Change[];
  #at = 0;

  constructor(changes: readonly Change[]) {
    this.#changes = changes;
  }

  get next(): Change | undefined {
    return this.#changes[this.#at];
  }

  /** Takes the next change; the span, grown to hold it. */
  take(span: Span): Span {
    const change = this.next;
    if (change === undefined) return span;
    this.#at += 1;
    this.growth = change.otherEnd - change.oneEnd;
    return { start: Math.min(span.start, change.oneStart), end: Math.max(span.end, change.oneEnd) };
  }
}

/** Of two at the same place an addition comes first: what the other replaced lies behind it. */
function startsFirst(one: Change | undefined, other: Change | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined;
  if (one.oneStart !== other.oneStart) return one.oneStart < other.oneStart;
  return one.oneEnd <= other.oneEnd;
}

function overlaps({ start, end }: Span, { oneStart, oneEnd }: Change): boolean {
  if (start === end) return oneStart === start && oneEnd === end;
  if (oneStart === oneEnd) return start < oneStart && oneStart < end;
  return oneStart < end && oneEnd > start;
}
