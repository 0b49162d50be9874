import { changedRuns } from "./changed-runs.ts";

/**
 * The merge of three texts by lines, their line ends kept; null where both changed the same lines, or added at the
 * same place. `neighbours` tells whether changes of lines that touch are merged or overlap.
 */
export function mergedLines(
  base: string,
  yours: string,
  theirs: string,
  neighbours: "merge" | "overlap",
): string | null {
  const sides = { base: linesOf(base), yours: linesOf(yours), theirs: linesOf(theirs) };
  const runs = changedRuns(sides.base, sides.yours, sides.theirs);
  if (runs === null) return null;
  const result: string[] = [];
  let position = 0;
  for (const [index, run] of runs.entries()) {
    if (neighbours === "overlap" && index > 0 && run.base.start === position) return null;
    const inBase = sides.base.slice(run.base.start, run.base.end).join("");
    const inYours = sides.yours.slice(run.yours.start, run.yours.end).join("");
    const inTheirs = sides.theirs.slice(run.theirs.start, run.theirs.end).join("");
    if (inBase !== inYours && inBase !== inTheirs && inYours !== inTheirs) return null;
    result.push(...sides.base.slice(position, run.base.start), inBase === inTheirs ? inYours : inTheirs);
    position = run.base.end;
  }
  return [...result, ...sides.base.slice(position)].join("");
}

function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}
