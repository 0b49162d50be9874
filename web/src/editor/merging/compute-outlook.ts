// How three texts come together, with the place of each spot that both meant.
//
// Invariants
// - `text` is what the server's merge gives for the same texts and choices: it is the same code.
// - Every unit of the merge without choices is exactly one piece; the pieces of text are what stands between them.
//
// A unit says what it asks, not where it stands. So the texts are merged once more with a mark as the answer to each, and
// the marks are found in what comes out. A unit whose mark is not there exactly once (a value that can only be one of
// two) is put first: it is asked all the same.

import { textProblems } from "../../../../src/artifacts/text-problems.ts";
import type { UnitChoice } from "../../../../src/domain/conflicts.ts";
import { parsePath } from "../../../../src/domain/paths.ts";
import { merge } from "../../../../src/merge/merge.ts";
import type { MergeUnit, TextMerge } from "../../../../src/merge/merge-types.ts";
import { textFormatOf } from "../../../../src/merge/text-format.ts";
import type { MergeJob, MergeOutlook, MergePiece } from "./merge-job.ts";

const noChoices: ReadonlyMap<string, UnitChoice> = new Map();

export function computeOutlook(job: MergeJob): MergeOutlook {
  const plain = mergeWith(job, noChoices);
  const merged = [...new Set(plain.decisions.map(({ where }) => where).filter((where) => where !== ""))];
  if (plain.units.length === 0) {
    return { text: plain.text, open: [], pieces: [{ type: "text", text: plain.text }], merged };
  }
  const settled = job.choices.size === 0 ? plain : mergeWith(job, job.choices);
  return {
    text: settled.text,
    open: settled.units.map(({ key }) => key),
    pieces: piecesOf(job, plain.units),
    merged,
  };
}

function mergeWith(job: MergeJob, choices: ReadonlyMap<string, UnitChoice>): TextMerge {
  const { path, base, yours, theirs } = job;
  const parsed = parsePath(path);
  return merge(
    { base, yours, theirs },
    {
      format: textFormatOf(path),
      choices,
      ...(parsed === undefined ? {} : { validate: (text: string) => textProblems(parsed, text) }),
    },
  );
}

function piecesOf(job: MergeJob, units: readonly MergeUnit[]): readonly MergePiece[] {
  const mark = markFor([job.base, job.yours, job.theirs]);
  const marks = units.map((unit, index) => ({ unit, mark: `${mark}${index}x` }));
  // With the line's end of what stands there now, so that what follows stays a line of its own.
  const asked = marks.map(({ unit, mark: text }) => {
    const side = unit.theirs ?? unit.yours ?? unit.base ?? "";
    return [unit.key, { text: side.endsWith("\n") ? `${text}\n` : text }] as const;
  });
  const { text } = mergeWith({ ...job, path: job.path }, new Map(asked));
  const places = marks.map((one) => ({ ...one, at: text.indexOf(one.mark) }));
  const isPlaced = ({ at, mark: one }: { at: number; mark: string }) =>
    at >= 0 && text.indexOf(one, at + 1) < 0;
  const pieces: MergePiece[] = places
    .filter((place) => !isPlaced(place))
    .map(({ unit }) => ({ type: "unit", unit }));
  let end = 0;
  for (const place of places.filter(isPlaced).sort((one, other) => one.at - other.at)) {
    pieces.push({ type: "text", text: text.slice(end, place.at) }, { type: "unit", unit: place.unit });
    end = place.at + place.mark.length;
  }
  pieces.push({ type: "text", text: text.slice(end) });
  return pieces.filter((piece) => piece.type === "unit" || piece.text.trim() !== "");
}

/** A word that stands in none of the texts. */
function markFor(texts: readonly string[]): string {
  let mark = "stetspot";
  while (texts.some((text) => text.includes(mark))) mark += "q";
  return mark;
}
