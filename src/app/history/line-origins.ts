import { diffArrays } from "diff";

/** Beyond this many edits two versions are taken for wholly different: no look at history may take minutes. */
const lineEditsMax = 20_000;

/** A line of the present file: its number there, from 0, and where it stands in an older version. */
export interface TracedLine {
  readonly shown: number;
  readonly at: number;
}

/** The lines of a text without their ends; a final newline opens no further line. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Parts lines of a version into those that an older version has too, by their place there, and those that it lacks. */
export function traceLines(
  lines: readonly TracedLine[],
  text: readonly string[],
  older: readonly string[],
): { readonly kept: readonly TracedLine[]; readonly brought: readonly TracedLine[] } {
  const places = placesIn(older, text);
  const kept: TracedLine[] = [];
  const brought: TracedLine[] = [];
  for (const line of lines) {
    const at = places.get(line.at);
    if (at === undefined) brought.push(line);
    else kept.push({ shown: line.shown, at });
  }
  return { kept, brought };
}

/** For each line that two versions share, its place in the newer and in the older one. */
function placesIn(older: readonly string[], newer: readonly string[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  const parts = diffArrays([...older], [...newer], { maxEditLength: lineEditsMax });
  let from = 0;
  let to = 0;
  for (const { count, added, removed } of parts ?? []) {
    if (!added && !removed) for (let line = 0; line < count; line++) places.set(to + line, from + line);
    if (!added) from += count;
    if (!removed) to += count;
  }
  return places;
}
