import { eachOf, type Span, type Stretch, type ThreeOf } from "../lines/three-way.ts";
import type { LinesOfThree } from "./overlap-parts.ts";

/**
 * An overlap of as many lines on each side, as runs of lines that both changed and of lines that one changed or none; not
 * taken apart (one run, or none) where the numbers of lines differ.
 */
export function linesApart({ lines }: LinesOfThree, spans: ThreeOf<Span>): readonly Stretch[] {
  const count = spans.base.end - spans.base.start;
  const isEven = [spans.yours, spans.theirs].every(({ start, end }) => end - start === count);
  const runs: Stretch[] = [];
  for (let index = 0; isEven && index < count; index++) {
    const line = eachOf((side) => lines[side][spans[side].start + index]);
    const changedBy = whoChanged(line);
    const spanOf = (side: "base" | "yours" | "theirs", from: number): Span => {
      return { start: spans[side].start + from, end: spans[side].start + index + 1 };
    };
    const last = runs.at(-1);
    const from = last?.changedBy === changedBy ? last.base.start - spans.base.start : index;
    if (from < index) runs.pop();
    runs.push({ changedBy, ...eachOf((side) => spanOf(side, from)) });
  }
  return runs;
}

function whoChanged({ base, yours, theirs }: ThreeOf<string | undefined>): Stretch["changedBy"] {
  if (yours === theirs) return yours === base ? "none" : "theirs";
  if (theirs === base) return "yours";
  return yours === base ? "theirs" : "both";
}
