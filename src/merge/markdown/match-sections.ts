import { wordSimilarity } from "../overlap/word-similarity.ts";
import type { SectionText } from "./section-text.ts";

/** From here on a section under another heading is taken for the same one, renamed. */
const sameSection = 0.6;
/** Of shorter ones nobody can say whether they are the same; UTF-16 units. */
const sameLengthMin = 60;
/** Sections without a partner on a side; beyond, they are not compared by what they say. */
const comparedSectionsMax = 40;

/**
 * For each section of a side, the index of the base's section that it was; null for a new one. First by heading path, then
 * by equal text (it was moved), then by likeness (it was renamed).
 */
export function matchSections(
  base: readonly SectionText[],
  side: readonly SectionText[],
): readonly (number | null)[] {
  const matches: (number | null)[] = side.map(() => null);
  const open = new Set(base.keys());
  const pair = (sideIndex: number, baseIndex: number) => {
    matches[sideIndex] = baseIndex;
    open.delete(baseIndex);
  };
  for (const key of [({ name, text }: SectionText) => `${name}\n${text}`, nameOf, textOf]) {
    const byKey = new Map<string, number[]>();
    for (const index of open) {
      const one = base[index];
      if (one !== undefined) byKey.set(key(one), [...(byKey.get(key(one)) ?? []), index]);
    }
    for (const [sideIndex, one] of side.entries()) {
      const baseIndex = matches[sideIndex] === null ? byKey.get(key(one))?.shift() : undefined;
      if (baseIndex !== undefined) pair(sideIndex, baseIndex);
    }
  }
  for (const { sideIndex, baseIndex } of likePairs(base, side, open, matches)) {
    if (matches[sideIndex] === null && open.has(baseIndex)) pair(sideIndex, baseIndex);
  }
  return matches;
}

function nameOf({ name }: SectionText): string {
  return name;
}

function textOf({ text }: SectionText): string {
  return text;
}

/** Pairs of unmatched sections that are alike, the most alike first. */
function likePairs(
  base: readonly SectionText[],
  side: readonly SectionText[],
  open: ReadonlySet<number>,
  matches: readonly (number | null)[],
) {
  const fresh = [...side.entries()].filter(
    ([index, { text }]) => matches[index] === null && text.length >= sameLengthMin,
  );
  if (fresh.length > comparedSectionsMax || open.size > comparedSectionsMax) return [];
  return fresh
    .flatMap(([sideIndex, { text }]) =>
      [...open].map((baseIndex) => {
        const likeness = wordSimilarity(base[baseIndex]?.text ?? "", text);
        return { sideIndex, baseIndex, likeness };
      }),
    )
    .filter(({ likeness }) => likeness >= sameSection)
    .sort((one, other) => other.likeness - one.likeness);
}
