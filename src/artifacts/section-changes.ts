import type { ArtifactDelta } from "../domain/commits.ts";
import { markdownSections, type Section } from "../formats/sections.ts";
import { sameButForShape } from "../formats/text-shape.ts";

export type SectionChange = ArtifactDelta["sections"][number];

/** What a section without a heading is called. */
const openingName = "(opening)";
/** More changed sections than these are told as one, so that a commit stays small. */
const sectionChangesMax = 500;

interface Match {
  readonly before: Section;
  readonly after: Section;
}

/**
 * Which sections of a Markdown text changed, in the order of the text after, the removed ones last.
 *
 * Sections are the same if their heading paths are; else if their parents are and their own headings; else if
 * their contents are (not empty ones): then the heading was renamed (`changed`) or the section went elsewhere
 * (`moved`). Among those that stayed, the fewest that explain the new order are `moved`. Line ends, blanks at
 * the end of a line and blank lines around a section are no change.
 */
export function sectionChanges(before: string, after: string): readonly SectionChange[] {
  const old = markdownSections(before);
  const now = markdownSections(after);
  const matches = matchSections({ text: before, sections: old }, { text: after, sections: now });
  const moved = movedMatches(matches, old);
  const changes: SectionChange[] = [];
  const matchOf = new Map(matches.map((match) => [match.after, match]));
  for (const section of now) {
    const match = matchOf.get(section);
    if (match === undefined) {
      if (!isEmptyOpening(after, section)) changes.push({ section: sectionName(section), change: "added" });
      continue;
    }
    const change = changeOf(match, before, after) ?? (moved.has(match) ? "moved" : null);
    if (change !== null) changes.push({ section: sectionName(section), change });
  }
  const kept = new Set(matches.map((match) => match.before));
  for (const section of old) {
    if (!kept.has(section) && !isEmptyOpening(before, section)) {
      changes.push({ section: sectionName(section), change: "removed" });
    }
  }
  return changes.length > sectionChangesMax ? [{ section: "*", change: "changed" }] : changes;
}

/** `Usage > Flags`, with a number where the same path comes again. */
function sectionName({ path, ordinal }: Section): string {
  if (path.length === 0) return openingName;
  const name = path.join(" > ");
  return ordinal === 0 ? name : `${name} (${ordinal + 1})`;
}

interface Side {
  readonly text: string;
  readonly sections: readonly Section[];
}

function matchSections(old: Side, now: Side): readonly Match[] {
  const free = new Map(old.sections.map((section) => [keyOf(section.path, section.ordinal), section]));
  const matches: Match[] = [];
  const take = (before: Section, after: Section) => {
    free.delete(keyOf(before.path, before.ordinal));
    matches.push({ before, after });
  };
  const unmatched: Section[] = [];
  for (const section of now.sections) {
    const same = free.get(keyOf(section.path, section.ordinal));
    if (same === undefined) unmatched.push(section);
    else take(same, section);
  }
  const byContent = Map.groupBy(free.values(), (section) => contentOf(old.text, section));
  /** The path before of each heading path after that was matched under another one. */
  const renamed = new Map<string, readonly string[]>();
  for (const section of unmatched) {
    const parent = renamed.get(JSON.stringify(section.path.slice(0, -1)));
    const inherited = parent && free.get(keyOf([...parent, section.path.at(-1) ?? ""], section.ordinal));
    const content = contentOf(now.text, section);
    const equal =
      content === ""
        ? undefined
        : byContent.get(content)?.find((one) => free.has(keyOf(one.path, one.ordinal)));
    const found = inherited ?? equal;
    if (found === undefined) continue;
    take(found, section);
    renamed.set(JSON.stringify(section.path), found.path);
  }
  return matches.sort(
    (one, other) => one.after.start - other.after.start || one.after.depth - other.after.depth,
  );
}

function changeOf(
  { before, after }: Match,
  oldText: string,
  newText: string,
): SectionChange["change"] | null {
  if (!sameButForShape(contentOf(oldText, before), contentOf(newText, after))) return "changed";
  if (before.depth !== after.depth || before.path.at(-1) !== after.path.at(-1)) return "changed";
  return null;
}

/** The sections that went under another heading; of the others all but a longest run that kept its order. */
function movedMatches(matches: readonly Match[], old: readonly Section[]): ReadonlySet<Match> {
  const before = new Map(matches.map((match) => [JSON.stringify(match.after.path), match.before.path]));
  const hasItsParent = (match: Match) => {
    const parent = match.after.path.slice(0, -1);
    const parentBefore = before.get(JSON.stringify(parent)) ?? parent;
    return JSON.stringify(parentBefore) === JSON.stringify(match.before.path.slice(0, -1));
  };
  const position = new Map(old.map((section, index) => [section, index]));
  const stayed = matches.filter(hasItsParent);
  const run = longestIncreasing(stayed.map((match) => position.get(match.before) ?? 0));
  const settled = new Set(stayed.filter((_, index) => run.has(index)));
  return new Set(matches.filter((match) => !settled.has(match)));
}

/** Indexes of a longest increasing subsequence of distinct numbers (Fredman 1975, in n log n). */
function longestIncreasing(values: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [index, value] of values.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? -1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  }
  const run = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index !== -1; index = previous[index] ?? -1) run.add(index);
  return run;
}

function contentOf(text: string, { contentStart, end }: Section): string {
  return text.slice(contentStart, end).trim();
}

function isEmptyOpening(text: string, section: Section): boolean {
  return section.depth === 0 && contentOf(text, section) === "";
}

function keyOf(path: readonly string[], ordinal: number): string {
  return JSON.stringify([path, ordinal]);
}
