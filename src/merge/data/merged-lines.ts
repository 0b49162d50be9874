import { type ChangedRun, changedRuns } from "./changed-runs.ts";

/** The same lines of three versions, each with its line ends; both sides changed them. */
export interface OverlappingLines {
  /** Of theirs, from 1. */
  readonly line: number;
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
}

/**
 * The merge of three texts by lines. `settle` gives what stands where both changed the same lines; null from it, or
 * sides that have next to nothing in common with the base, give null. `neighbours` tells whether changes that only
 * touch are merged or overlap.
 */
export function mergedLines(
  base: string,
  yours: string,
  theirs: string,
  neighbours: "merge" | "overlap",
  settle: (overlap: OverlappingLines) => string | null,
): string | null {
  const lines = { base: linesOf(base), yours: linesOf(yours), theirs: linesOf(theirs) };
  const found = changedRuns(lines.base, lines.yours, lines.theirs);
  if (found === null) return null;
  const runs = neighbours === "overlap" ? joinedRuns(found) : found;
  const result: string[] = [];
  let position = 0;
  for (const run of runs) {
    const textIn = (side: "base" | "yours" | "theirs") =>
      lines[side].slice(run[side].start, run[side].end).join("");
    const overlap = {
      line: run.theirs.start + 1,
      base: textIn("base"),
      yours: textIn("yours"),
      theirs: textIn("theirs"),
    };
    const merged = oneSided(overlap) ?? settle(overlap);
    if (merged === null) return null;
    result.push(...lines.base.slice(position, run.base.start), merged);
    position = run.base.end;
  }
  return [...result, ...lines.base.slice(position)].join("");
}

function oneSided({ base, yours, theirs }: OverlappingLines): string | null {
  if (base === yours || yours === theirs) return theirs;
  return base === theirs ? yours : null;
}

/** Runs with nothing between them, as one. */
function joinedRuns(runs: readonly ChangedRun[]): readonly ChangedRun[] {
  const joined: ChangedRun[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last === undefined || run.base.start > last.base.end) {
      joined.push(run);
      continue;
    }
    joined[joined.length - 1] = {
      base: { start: last.base.start, end: run.base.end },
      yours: { start: last.yours.start, end: run.yours.end },
      theirs: { start: last.theirs.start, end: run.theirs.end },
    };
  }
  return joined;
}

function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}
