import type { FileEntry } from "../domain/files.ts";
import { type CollectionPath, parsePath } from "../domain/paths.ts";
import type { SnapshotChange } from "./diff-snapshots.ts";
import type { Renames } from "./find-renames.ts";

/** One file as the base and both sides have it, wherever each has it: what is merged into one. */
export interface MergeSlot {
  /** Where the result lies. */
  readonly path: CollectionPath;
  readonly base: FileEntry | null;
  readonly yours: FileEntry | null;
  readonly theirs: FileEntry | null;
  /** Where theirs has it, if that is not `path`: nothing stays there. */
  readonly leaves: CollectionPath | null;
  /** Where the base has it, if a side renamed it. */
  readonly renamedFrom: CollectionPath | null;
  /** What no content can settle: renamed by one and removed by the other, or renamed by each to another name. */
  readonly ask: "X2" | "X4" | null;
}

/**
 * Which files of the two sides belong together: those of one path and, where a side renamed a file or a folder,
 * those that were one in the base. A slot for each file that yours changed, and for those of theirs that
 * yours takes along.
 */
export function mergeSlots(yoursAll: Side, theirsAll: Side): readonly MergeSlot[] {
  const [yours, theirs] = [withoutMeetings(yoursAll, theirsAll), withoutMeetings(theirsAll, yoursAll)];
  const mine = entriesAfter(yours);
  const present = entriesAfter(theirs);
  const along = takenAlong(yours, theirs);
  const slots = yours.changes.flatMap((change): readonly MergeSlot[] => {
    const { path, before, after } = change;
    if (before === null) {
      if (yours.renames.from.has(path)) return [];
      const met = along.get(path);
      return [met === undefined ? addedSlot(change, theirs, [mine, present]) : { ...met, yours: after }];
    }
    const to = yours.renames.to.get(path);
    if (to === undefined) return [changedSlot({ path, base: before, yours: after }, theirs, present)];
    return [renamedSlot({ path, to, base: before, yours: mine.get(to) ?? null }, theirs, present)];
  });
  const taken = new Set(slots.map(({ path }) => path));
  return [...slots, ...[...along.values()].filter(({ path }) => !taken.has(path))];
}

/** What one side changed since the base. */
export interface Side {
  readonly changes: readonly SnapshotChange[];
  readonly renames: Renames;
}

type Present = ReadonlyMap<CollectionPath, FileEntry | null>;

function entriesAfter({ changes }: Side): Present {
  return new Map(changes.map((change) => [change.path, change.after]));
}

/** A rename onto what the other side put there meanwhile is none: both are files of their own. */
function withoutMeetings(side: Side, other: Side): Side {
  const added = new Set(other.changes.filter(({ after }) => after !== null).map(({ path }) => path));
  const to = [...side.renames.to].filter(
    ([old, now]) => !added.has(now) || other.renames.to.get(old) === now,
  );
  const from = new Map(to.map(([old, now]) => [now, old]));
  return { changes: side.changes, renames: { ...side.renames, to: new Map(to), from } };
}

/** A file that yours renamed. */
function renamedSlot(
  file: {
    readonly path: CollectionPath;
    readonly to: CollectionPath;
    readonly base: FileEntry;
    readonly yours: FileEntry | null;
  },
  theirs: Side,
  present: Present,
): MergeSlot {
  const { path, to, base, yours } = file;
  const theirPath = theirs.renames.to.get(path);
  const stood = present.get(theirPath ?? path);
  const entry = stood === undefined ? base : stood;
  const sides = { base, yours, theirs: entry, renamedFrom: path };
  if (theirPath !== undefined && theirPath !== to) {
    return { ...sides, path: theirPath, leaves: null, ask: "X4" };
  }
  const leaves = theirPath === undefined && entry !== null ? path : null;
  return { ...sides, path: to, leaves, ask: entry === null ? "X2" : null };
}

/** A file that yours edited or removed where it was. */
function changedSlot(
  file: { readonly path: CollectionPath; readonly base: FileEntry; readonly yours: FileEntry | null },
  theirs: Side,
  present: Present,
): MergeSlot {
  const { path, base, yours } = file;
  const renamed = theirs.renames.to.get(path);
  const stood = present.get(renamed ?? path);
  const sides = { base, yours, theirs: stood === undefined ? base : stood, leaves: null };
  if (renamed === undefined) return { ...sides, path, renamedFrom: null, ask: null };
  return { ...sides, path: renamed, renamedFrom: path, ask: yours === null ? "X2" : null };
}

/** A file that yours added: where theirs renamed its folder, it goes there. */
function addedSlot(
  { path, after }: SnapshotChange,
  { renames }: Side,
  [mine, present]: readonly [Present, Present],
): MergeSlot {
  const moved = movedWith(renames, path);
  const isFree = moved !== null && [mine, present].every((side) => (side.get(moved) ?? null) === null);
  const to = isFree ? moved : path;
  const sides = { base: null, yours: after, theirs: present.get(to) ?? null, leaves: null };
  return { ...sides, path: to, renamedFrom: to === path ? null : path, ask: null };
}

/** Files that theirs added to a folder that yours renamed, by the path that they get. */
function takenAlong(yours: Side, theirs: Side): ReadonlyMap<CollectionPath, MergeSlot> {
  const slots = new Map<CollectionPath, MergeSlot>();
  if (yours.renames.folders.size === 0) return slots;
  for (const { path, before, after } of theirs.changes) {
    if (before !== null || theirs.renames.from.has(path)) continue;
    const to = movedWith(yours.renames, path);
    if (to === null) continue;
    const sides = { base: null, yours: null, theirs: after };
    slots.set(to, { ...sides, path: to, leaves: path, renamedFrom: path, ask: null });
  }
  return slots;
}

/** Where a path lies after its folder was renamed; null where it was not. The innermost folder decides. */
function movedWith({ folders }: Renames, path: CollectionPath): CollectionPath | null {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const folder = folders.get(path.slice(0, end));
    if (folder !== undefined) return parsePath(folder + path.slice(end)) ?? null;
  }
  return null;
}
