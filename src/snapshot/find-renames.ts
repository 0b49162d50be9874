import type { FileEntry } from "../domain/files.ts";
import type { SnapshotId } from "../domain/ids.ts";
import type { CollectionPath } from "../domain/paths.ts";
import type { SnapshotChange } from "./diff-snapshots.ts";
import { lineSimilarity } from "./line-similarity.ts";
import type { ObjectSource } from "./object-source.ts";
import { readEntries } from "./read-snapshot.ts";

/** What one side renamed since the base. */
export interface Renames {
  /** New path by old path. */
  readonly to: ReadonlyMap<CollectionPath, CollectionPath>;
  /** Old path by new path. */
  readonly from: ReadonlyMap<CollectionPath, CollectionPath>;
  /** New folder by old folder, where nothing stayed in the old one. */
  readonly folders: ReadonlyMap<string, string>;
}

/** From this share of equal lines on, what came is what went. */
const similarityMin = 0.6;
/** Pairs whose texts are compared at most; the likelier ones come first. */
const comparisonsMax = 500;

/**
 * Which of the files that are gone came back elsewhere: with the same bytes, or with most of their lines in the
 * same folder of the collection and with the same extension. Each file is renamed to at most one, and no
 * empty file is.
 */
export async function findRenames(
  source: ObjectSource,
  changes: readonly SnapshotChange[],
  after: SnapshotId,
): Promise<Renames> {
  const gone = new Map<CollectionPath, FileEntry>();
  const come = new Map<CollectionPath, FileEntry>();
  for (const change of changes) {
    if (change.after === null && change.before !== null && change.before.size > 0)
      gone.set(change.path, change.before);
    if (change.before === null && change.after !== null && change.after.size > 0)
      come.set(change.path, change.after);
  }
  const to = new Map<CollectionPath, CollectionPath>();
  if (gone.size > 0 && come.size > 0) {
    pairEqual(gone, come, to);
    await pairSimilar(source, gone, come, to);
  }
  const from = new Map([...to].map(([old, now]) => [now, old]));
  return { to, from, folders: await renamedFolders(source, to, after) };
}

type Files = Map<CollectionPath, FileEntry>;

/** Pairs files of the same bytes, those of the same name first, and takes them off both lists. */
function pairEqual(gone: Files, come: Files, to: Map<CollectionPath, CollectionPath>): void {
  const byBlob = Map.groupBy(come.keys(), (path) => come.get(path)?.blob);
  for (const isWanted of [sameName, () => true]) {
    for (const [old, { blob }] of gone) {
      const now = byBlob.get(blob)?.find((path) => come.has(path) && isWanted(old, path));
      if (now === undefined) continue;
      to.set(old, now);
      gone.delete(old);
      come.delete(now);
    }
  }
}

async function pairSimilar(
  source: ObjectSource,
  gone: Files,
  come: Files,
  to: Map<CollectionPath, CollectionPath>,
): Promise<void> {
  const pairs = [...gone].flatMap(([old, before]) =>
    [...come]
      .filter(([now, after]) => mayBeRename(old, now) && ofLikeSize(before.size, after.size))
      .map(([now, after]) => ({ old, now, before, after })),
  );
  const likely = pairs.sort(
    (one, other) => Number(sameName(other.old, other.now)) - Number(sameName(one.old, one.now)),
  );
  const scored = [];
  for (const pair of likely.slice(0, comparisonsMax)) {
    const [before, after] = await source.getMany([pair.before.blob, pair.after.blob]);
    if (before === undefined || after === undefined) continue;
    const score = lineSimilarity(before, after);
    if (score >= similarityMin) scored.push({ ...pair, score });
  }
  // The sort is stable, so that of equal scores the same name wins.
  for (const { old, now } of scored.sort((one, other) => other.score - one.score)) {
    if (!gone.has(old) || !come.has(now)) continue;
    to.set(old, now);
    gone.delete(old);
    come.delete(now);
  }
}

/** Folders whose files went to one other folder and of which nothing is left. */
async function renamedFolders(
  source: ObjectSource,
  to: ReadonlyMap<CollectionPath, CollectionPath>,
  after: SnapshotId,
): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, Set<string>>();
  for (const [old, now] of to) {
    for (const [from, into] of folderPairs(old, now)) {
      targets.set(from, (targets.get(from) ?? new Set()).add(into));
    }
  }
  const folders = new Map<string, string>();
  for (const [from, [into, ...others]] of targets) {
    if (into === undefined || others.length > 0) continue;
    const left = await readEntries(source, after, { prefix: `${from}/` });
    if (left.size === 0) folders.set(from, into);
  }
  return folders;
}

/** `a/x/f` that became `b/x/f`: both `a/x` to `b/x` and `a` to `b`. */
function folderPairs(old: string, now: string): readonly (readonly [string, string])[] {
  const [from, into] = [old.split("/"), now.split("/")];
  const pairs: (readonly [string, string])[] = [];
  while (from.length > 1 && into.length > 1 && from.pop() === into.pop()) {
    if (from.join("/") === into.join("/")) break;
    pairs.push([from.join("/"), into.join("/")]);
  }
  return pairs;
}

function sameName(one: string, other: string): boolean {
  return one.slice(one.lastIndexOf("/") + 1) === other.slice(other.lastIndexOf("/") + 1);
}

function mayBeRename(old: string, now: string): boolean {
  return top(old) === top(now) && extension(old) === extension(now);
}

function top(path: string): string {
  return path.slice(0, path.indexOf("/"));
}

function extension(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.slice(name.lastIndexOf(".") + 1);
}

function ofLikeSize(one: number, other: number): boolean {
  return Math.min(one, other) >= Math.max(one, other) * similarityMin * 0.8;
}
