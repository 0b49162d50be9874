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
function shareLines(stretches: readonly Stretch[], { lines }: LinesOfThree): boolean {
  const added = new Map<string, Stretch>();
  for (const stretch of stretches) {
    if (stretch.changedBy !== "yours" && stretch.changedBy !== "both") continue;
    for (const line of lines.yours.slice(stretch.yours.start, stretch.yours.end))
      added.set(line.trim(), stretch);
  }
  return stretches.some(
    (stretch) =>
      (stretch.changedBy === "theirs" || stretch.changedBy === "both") &&
      lines.theirs.slice(stretch.theirs.start, stretch.theirs.end).some((line) => {
        const holder = added.get(line.trim());
        return holder !== undefined && holder !== stretch && says(line);
      }),
  );
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
  { lines, kinds }: LinesOfThree,
  headingAt: HeadingAt,
): readonly Addition[] {
  return stretches
    .filter(({ changedBy }) => changedBy === side || changedBy === "both")
    .map((stretch) => {
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
