import type { CommitId } from "../domain/ids.ts";

/** The parents of a commit; undefined for one that is not there (pruned), which then counts as a first commit. */
export type ReadParents = (id: CommitId) => Promise<readonly CommitId[] | undefined>;

/**
 * The best common ancestor of two commits; of several (see `mergeBases`) the one with the smallest id, so that
 * every machine takes the same. Null where the histories share nothing.
 */
export async function mergeBase(
  readParents: ReadParents,
  one: CommitId,
  other: CommitId,
): Promise<CommitId | null> {
  return (await mergeBases(readParents, one, other))[0] ?? null;
}

/**
 * The best common ancestors of two commits: those that are no ancestor of another common one, by id. There are
 * several only where histories were merged crosswise. A commit is its own ancestor.
 *
 * Reads the history back to where the two join, and all of it only in the crosswise case.
 */
export async function mergeBases(
  readParents: ReadParents,
  one: CommitId,
  other: CommitId,
): Promise<readonly CommitId[]> {
  if (one === other) return [one];
  const walk = new AncestorWalk(readParents);
  walk.mark(one, fromOne);
  walk.mark(other, fromOther);
  while (await walk.expandFirst((marks) => marks === fromOne || marks === fromOther));
  while (walk.best().length > 1 && (await walk.expandFirst(() => true)));
  return walk.best().sort();
}

/** Whether `ancestor` is reached from `descendant` by parents; a commit is its own ancestor. */
export async function isAncestor(
  readParents: ReadParents,
  ancestor: CommitId,
  descendant: CommitId,
): Promise<boolean> {
  const seen = new Set([descendant]);
  for (const id of seen) {
    if (id === ancestor) return true;
    for (const parent of (await readParents(id)) ?? []) seen.add(parent);
  }
  return false;
}

/** Bits of what is known of a commit: from where it was reached, and that a better common one was found. */
const fromOne = 1;
const fromOther = 2;
const fromBoth = fromOne | fromOther;
const surpassed = 4;

/**
 * Invariant: marks of a commit are marks of all its known ancestors, and those of an ancestor of a common one
 * have `surpassed` too.
 */
class AncestorWalk {
  readonly #readParents: ReadParents;
  readonly #marks = new Map<CommitId, number>();
  readonly #parents = new Map<CommitId, readonly CommitId[]>();
  /** Reached and not expanded, in the order in which they were reached. */
  readonly #reached = new Set<CommitId>();

  constructor(readParents: ReadParents) {
    this.#readParents = readParents;
  }

  /** Adds marks to a commit and all its known ancestors. */
  mark(id: CommitId, marks: number): void {
    const waiting: [CommitId, number][] = [[id, marks]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [commit, added] = next;
      const before = this.#marks.get(commit) ?? 0;
      const after = before | added;
      if (after === before) continue;
      this.#marks.set(commit, after);
      const parents = this.#parents.get(commit);
      if (parents === undefined) this.#reached.add(commit);
      else for (const parent of parents) waiting.push([parent, handedOn(after)]);
    }
  }

  /** Reads the parents of the first commit reached whose marks are wanted; false where there is none. */
  async expandFirst(wanted: (marks: number) => boolean): Promise<boolean> {
    for (const id of this.#reached) {
      const marks = this.#marks.get(id) ?? 0;
      if (!wanted(marks)) continue;
      this.#reached.delete(id);
      const parents = (await this.#readParents(id)) ?? [];
      this.#parents.set(id, parents);
      for (const parent of parents) this.mark(parent, handedOn(marks));
      return true;
    }
    return false;
  }

  /** The common ancestors that, as far as is known, are no ancestors of another one. */
  best(): CommitId[] {
    return [...this.#marks].filter(([, marks]) => marks === fromBoth).map(([id]) => id);
  }
}

function handedOn(marks: number): number {
  return (marks & fromBoth) === fromBoth ? marks | surpassed : marks;
}
