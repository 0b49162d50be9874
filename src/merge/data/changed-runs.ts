import { diffArrays } from "diff";

/** Beyond this many edits two sequences are taken for wholly different. */
const editsMax = 2_000;

export interface RunRange {
  readonly start: number;
  readonly end: number;
}

/** A run of a sequence that at least one side changed, where it stands in each version. */
export interface ChangedRun {
  readonly base: RunRange;
  readonly yours: RunRange;
  readonly theirs: RunRange;
}

type Sequence = readonly string[];

/**
 * The runs that two sides changed, in order. Changes that overlap are one run, and so are additions at one place;
 * those that only touch are runs of their own. Null where a side has next to nothing in common with the base.
 */
export function changedRuns(base: Sequence, yours: Sequence, theirs: Sequence): readonly ChangedRun[] | null {
  const yoursHunks = hunksOf(base, yours);
  const theirsHunks = hunksOf(base, theirs);
  if (yoursHunks === null || theirsHunks === null) return null;
  return regionsOf(yoursHunks, theirsHunks).map((region) => ({
    base: { start: region.from, end: region.to },
    yours: rangeIn(region, region.yours, yoursHunks),
    theirs: rangeIn(region, region.theirs, theirsHunks),
  }));
}

/** `[from, to)` of the base became `[start, end)` of a side. */
interface Hunk extends RunRange {
  readonly from: number;
  readonly to: number;
}

function hunksOf(base: Sequence, side: Sequence): readonly Hunk[] | null {
  const parts = diffArrays([...base], [...side], { maxEditLength: editsMax });
  if (parts === undefined) return null;
  const hunks: Hunk[] = [];
  let from = 0;
  let start = 0;
  for (const { count, added, removed } of parts) {
    const to = added ? from : from + count;
    const end = removed ? start : start + count;
    const last = hunks.at(-1);
    if (added || removed) {
      if (last?.to === from && last.end === start) hunks[hunks.length - 1] = { ...last, to, end };
      else hunks.push({ from, to, start, end });
    }
    from = to;
    start = end;
  }
  return hunks.flatMap(replacedAndRest);
}

/** What takes the place of as much of the base, and what is added or removed behind it, are changes of their own. */
function replacedAndRest(hunk: Hunk): readonly Hunk[] {
  const { from, to, start, end } = hunk;
  const replaced = Math.min(to - from, end - start);
  if (replaced === 0 || to - from === end - start) return [hunk];
  return [
    { from, to: from + replaced, start, end: start + replaced },
    { from: from + replaced, to, start: start + replaced, end },
  ];
}

interface Region {
  readonly from: number;
  readonly to: number;
  readonly yours: readonly Hunk[];
  readonly theirs: readonly Hunk[];
}

function regionsOf(yours: readonly Hunk[], theirs: readonly Hunk[]): readonly Region[] {
  const tagged = [
    ...yours.map((hunk) => ({ hunk, side: "yours" as const })),
    ...theirs.map((hunk) => ({ hunk, side: "theirs" as const })),
  ].sort((one, other) => one.hunk.from - other.hunk.from || one.hunk.to - other.hunk.to);
  const regions: Region[] = [];
  for (const { hunk, side } of tagged) {
    const last = regions.at(-1);
    if (last === undefined || !overlaps(last, hunk)) {
      const empty: Region = { from: hunk.from, to: hunk.to, yours: [], theirs: [] };
      regions.push({ ...empty, [side]: [hunk] });
    } else {
      const to = Math.max(last.to, hunk.to);
      regions[regions.length - 1] = { ...last, to, [side]: [...last[side], hunk] };
    }
  }
  return regions;
}

function overlaps(region: Region, hunk: Hunk): boolean {
  const isAddition = region.from === region.to && hunk.from === hunk.to;
  return isAddition ? region.from === hunk.from : hunk.from < region.to && region.from < hunk.to;
}

/** What a side has in the place of a region: its hunks, and what is unchanged around them. */
function rangeIn(region: Region, hunks: readonly Hunk[], all: readonly Hunk[]): RunRange {
  const first = hunks[0];
  const last = hunks.at(-1);
  if (first !== undefined && last !== undefined) {
    return { start: first.start - (first.from - region.from), end: last.end + (region.to - last.to) };
  }
  const before = all.findLast((hunk) => hunk.to <= region.from);
  const shift = before === undefined ? 0 : before.end - before.to;
  return { start: region.from + shift, end: region.to + shift };
}
