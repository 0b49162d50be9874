import type { Stretch } from "../lines/three-way.ts";
import type { LinesOfThree } from "./overlap-parts.ts";

type HeadingAt = (side: "base" | "yours" | "theirs", line: number) => string;

/**
 * The stretches with lines of yours that theirs added as well, elsewhere under the same heading: kept both, a text would say
 * the same twice. A stretch counts where both added the same heading, or where at least half of its lines, or of
 * theirs', are in the other; two tables may have one header.
 */
export function doubledAdditions(
  stretches: readonly Stretch[],
  all: LinesOfThree,
  headingAt: HeadingAt,
): ReadonlySet<Stretch> {
  if (!shareLines(stretches, all)) return new Set();
  const yours = additionsOf("yours", stretches, all, headingAt);
  const theirs = additionsOf("theirs", stretches, all, headingAt);
  const holders = new Map<string, Addition[]>();
  for (const addition of theirs) {
    for (const line of addition.lines.keys()) {
      const others = holders.get(line) ?? [];
      if (others.length < holdersMax) holders.set(line, [...others, addition]);
    }
  }
  const doubled = yours.filter(({ stretch, lines }) => {
    const others = new Set([...lines.keys()].flatMap((line) => holders.get(line) ?? []));
    return [...others].some((other) => other.stretch !== stretch && saySame(lines, other.lines));
  });
  return new Set(doubled.map(({ stretch }) => stretch));
}

/** Additions of theirs that are looked at for one line. */
const holdersMax = 4;

/** Whether both sides added some line in different stretches: asked first, because it costs little and is rare. */
function shareLines(stretches: readonly Stretch[], all: LinesOfThree): boolean {
  const holders = new Map<string, Set<Stretch>>();
  for (const stretch of addingStretches("yours", stretches, all)) {
    for (const line of all.lines.yours.slice(stretch.yours.start, stretch.yours.end)) {
      const text = line.trim();
      holders.set(text, (holders.get(text) ?? new Set()).add(stretch));
    }
  }
  return addingStretches("theirs", stretches, all).some((stretch) =>
    all.lines.theirs.slice(stretch.theirs.start, stretch.theirs.end).some((line) => {
      const held = holders.get(line.trim());
      return held !== undefined && (held.size > 1 || !held.has(stretch)) && says(line);
    }),
  );
}

/** The stretches in which a side wrote something that the other did not write in the very same place. */
function addingStretches(
  side: "yours" | "theirs",
  stretches: readonly Stretch[],
  { lines }: LinesOfThree,
): readonly Stretch[] {
  return stretches.filter(({ changedBy, yours, theirs }) => {
    if (changedBy !== "both") return changedBy === side;
    const length = yours.end - yours.start;
    const isSame = length === theirs.end - theirs.start;
    return (
      !isSame ||
      !everyIndex(length, (at) => lines.yours[yours.start + at] === lines.theirs[theirs.start + at])
    );
  });
}

function everyIndex(length: number, holds: (at: number) => boolean): boolean {
  for (let at = 0; at < length; at++) if (!holds(at)) return false;
  return true;
}

function says(line: string): boolean {
  return /\p{L}{2}/u.test(line);
}

interface Addition {
  readonly stretch: Stretch;
  /** The lines that say something, each with the headings over it, and whether it is one. */
  readonly lines: ReadonlyMap<string, boolean>;
}

function saySame(some: Addition["lines"], others: Addition["lines"]): boolean {
  let shared = 0;
  for (const [line, isHeading] of some) {
    if (!others.has(line)) continue;
    if (isHeading) return true;
    shared += 1;
  }
  return shared > 0 && shared * 2 >= Math.min(some.size, others.size);
}

function additionsOf(
  side: "yours" | "theirs",
  stretches: readonly Stretch[],
  all: LinesOfThree,
  headingAt: HeadingAt,
): readonly Addition[] {
  const { lines, kinds } = all;
  return addingStretches(side, stretches, all).map((stretch) => {
    const added = new Map<string, boolean>();
    const was = new Set(lines.base.slice(stretch.base.start, stretch.base.end));
    for (let line = stretch[side].start; line < stretch[side].end; line++) {
      const text = lines[side][line] ?? "";
      if (was.has(text) || !says(text)) continue;
      added.set(`${headingAt(side, line)}\n${text.trim()}`, kinds[side][line] === "heading");
    }
    return { stretch, lines: added };
  });
}
