import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CommitId, hashIdFromBytes } from "../domain/ids.ts";
import { hashBytes } from "./hash.ts";
import { isAncestor, mergeBase, type ReadParents } from "./merge-base.ts";

function commitId(number: number): CommitId {
  return hashIdFromBytes(hashBytes(new TextEncoder().encode(`commit ${number}`)));
}

/** A history: the parents of each commit by number, all of them earlier. */
type History = readonly (readonly number[])[];
const anyHistory: fc.Arbitrary<History> = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 14 })
  .map((rows) =>
    rows.map((row, index) => (index === 0 ? [] : [...new Set(row.map((number) => number % index))])),
  );

function readerOf(history: History): ReadParents & { readonly count: () => number } {
  const parents = new Map(history.map((row, index) => [commitId(index), row.map(commitId)]));
  let reads = 0;
  const read: ReadParents = async (id) => {
    reads++;
    return parents.get(id);
  };
  return Object.assign(read, { count: () => reads });
}

function ancestorsOf(history: History, start: number): ReadonlySet<number> {
  const seen = new Set([start]);
  for (const number of seen) for (const parent of history[number] ?? []) seen.add(parent);
  return seen;
}

/** The plain model: every common ancestor that is an ancestor of no other one. */
function bestCommon(history: History, one: number, other: number): readonly CommitId[] {
  const others = ancestorsOf(history, other);
  const common = [...ancestorsOf(history, one)].filter((number) => others.has(number));
  const best = common.filter(
    (number) => !common.some((later) => later !== number && ancestorsOf(history, later).has(number)),
  );
  return best.map(commitId).sort();
}

describe("the merge base", () => {
  test("is a best common ancestor, the same from both sides", async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.nat(), fc.nat(), async (history, first, second) => {
        const [one, other] = [first % history.length, second % history.length];
        const expected = bestCommon(history, one, other)[0] ?? null;
        const read = readerOf(history);
        expect(await mergeBase(read, commitId(one), commitId(other))).toBe(expected);
        expect(await mergeBase(read, commitId(other), commitId(one))).toBe(expected);
        expect(await isAncestor(read, commitId(one), commitId(other))).toBe(
          ancestorsOf(history, other).has(one),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test("of histories merged crosswise is one of the two, and always the same one", async () => {
    const crosswise: History = [[], [0], [0], [1, 2], [2, 1]];
    const found = await mergeBase(readerOf(crosswise), commitId(3), commitId(4));
    expect(found).toBe([commitId(1), commitId(2)].sort()[0]);
  });

  test("of histories that share nothing is none; a pruned parent counts as a beginning", async () => {
    expect(await mergeBase(readerOf([[], []]), commitId(0), commitId(1))).toBeNull();
    expect(await mergeBase(readerOf([[], [], [7], [7]]), commitId(2), commitId(3))).toBe(commitId(7));
  });

  test("of a commit and a near ancestor reads little of a long history", async () => {
    const line: History = Array.from({ length: 5000 }, (_, index) => (index === 0 ? [] : [index - 1]));
    const read = readerOf(line);
    expect(await mergeBase(read, commitId(4990), commitId(4999))).toBe(commitId(4990));
    expect(read.count()).toBeLessThanOrEqual(25);
  });
});
