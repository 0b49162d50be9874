/** Which steps of an edit can be made at once, so that the text is not read anew for each. */

import type { KeyEdit } from "./format-value.ts";
import { isList, isRecord } from "./format-value.ts";
import { isWithin, primitiveEdits, valueAfter } from "./key-edit.ts";

/** A primitive edit; `replaces` when it neither adds nor removes an entry. */
interface Step extends KeyEdit {
  readonly replaces: boolean;
}

/** The primitive steps of all edits, each made for the value that those before it lead to; or why there are none. */
export function editSteps(value: unknown, edits: readonly KeyEdit[]): readonly Step[] | string {
  const all: Step[] = [];
  let current = value;
  for (const edit of edits) {
    const steps = primitiveEdits(current, edit);
    if (typeof steps === "string") return steps;
    for (const step of steps) {
      all.push({ ...step, replaces: step.value !== undefined && isThere(current, step.path) });
      current = valueAfter(current, step);
    }
  }
  return all;
}

/** Parts steps into rounds whose steps do not touch. Steps that do touch keep their order. */
export function editRounds(steps: readonly Step[]): readonly (readonly Step[])[] {
  const rounds: Step[][] = [];
  let rest = steps;
  while (rest.length > 0) {
    const round: Step[] = [];
    const later: Step[] = [];
    for (const step of rest) {
      const isFree = ![...round, ...later].some((other) => touches(step, other));
      (isFree ? round : later).push(step);
    }
    rounds.push(round);
    rest = later;
  }
  return rounds;
}

/** One inside the other, or both adding or removing under one parent, which moves their neighbours. */
function touches(one: Step, other: Step): boolean {
  if (isWithin(one.path, other.path) || isWithin(other.path, one.path)) return true;
  if (movesItems(one, other) || movesItems(other, one)) return true;
  const parent = one.path.slice(0, -1);
  return (
    !one.replaces && !other.replaces && one.path.length === other.path.length && isWithin(other.path, parent)
  );
}

function movesItems({ path, replaces }: Step, other: Step): boolean {
  return !replaces && typeof path.at(-1) === "number" && isWithin(other.path, path.slice(0, -1));
}

function isThere(value: unknown, path: KeyEdit["path"]): boolean {
  let node = value;
  for (const segment of path) {
    if (isRecord(node) && typeof segment === "string" && Object.hasOwn(node, segment)) node = node[segment];
    else if (isList(node) && typeof segment === "number" && segment < node.length) node = node[segment];
    else return false;
  }
  return true;
}
