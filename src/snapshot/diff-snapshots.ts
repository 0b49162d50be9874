import { type FileEntry, sameEntry } from "../domain/files.ts";
import type { NodeId, SnapshotId } from "../domain/ids.ts";
import { type CollectionPath, comparePaths } from "../domain/paths.ts";
import { type ChildNode, isLeaf, type LeafFile, type TreeNode } from "./node.ts";
import { readChildren, readRoot } from "./node-cache.ts";
import type { ObjectSource } from "./object-source.ts";

/** What one path holds in two snapshots; null stands for absent, and the two always differ. */
export interface SnapshotChange {
  readonly path: CollectionPath;
  readonly before: FileEntry | null;
  readonly after: FileEntry | null;
}

/**
 * The paths whose entries differ between two snapshots, in order. Subtrees that both have are not read, so the
 * cost goes with the differences and not with the snapshots.
 * Throws a StetError where a node is absent or damaged.
 */
export async function diffSnapshots(
  source: ObjectSource,
  before: SnapshotId,
  after: SnapshotId,
): Promise<readonly SnapshotChange[]> {
  if (before === after) return [];
  let old = new Frontier(await readRoot(source, before));
  let now = new Frontier(await readRoot(source, after));
  while (old.level > 0 || now.level > 0) {
    if (old.level > now.level) {
      old = await old.descend(source, now.nodesBelow());
    } else if (now.level > old.level) {
      now = await now.descend(source, old.nodesBelow());
    } else {
      const [oldBelow, nowBelow] = [old.nodesBelow(), now.nodesBelow()];
      old = await old.descend(source, nowBelow);
      now = await now.descend(source, oldBelow);
    }
  }
  return changesBetween(old.files(), now.files());
}

/** The nodes of one level of one tree that may hold a difference, in order. */
class Frontier {
  readonly #nodes: readonly TreeNode[];
  readonly level: number;

  constructor(first: TreeNode, others: readonly TreeNode[] = []) {
    this.level = first.level;
    this.#nodes = [first, ...others];
  }

  /** Ids of the nodes one level down. */
  nodesBelow(): ReadonlySet<NodeId> {
    return new Set(this.#children().map((child) => child.id));
  }

  /** Goes a level down, past the subtrees that the other tree has too. */
  async descend(source: ObjectSource, shared: ReadonlySet<NodeId>): Promise<Frontier> {
    const children = this.#children().filter((child) => !shared.has(child.id));
    const [first, ...others] = await readChildren(source, this.level, children);
    return first === undefined ? new Frontier({ level: 0, files: [] }) : new Frontier(first, others);
  }

  files(): readonly LeafFile[] {
    return this.#nodes.flatMap((node) => (isLeaf(node) ? node.files : []));
  }

  #children(): readonly ChildNode[] {
    return this.#nodes.flatMap((node) => (isLeaf(node) ? [] : node.children));
  }
}

function changesBetween(old: readonly LeafFile[], now: readonly LeafFile[]): readonly SnapshotChange[] {
  const changes: SnapshotChange[] = [];
  const before = new Map(old.map((file) => [file.path, file.entry]));
  for (const { path, entry } of now) {
    const was = before.get(path) ?? null;
    before.delete(path);
    if (!sameEntry(was, entry)) changes.push({ path, before: was, after: entry });
  }
  for (const [path, entry] of before) changes.push({ path, before: entry, after: null });
  return changes.sort((one, other) => comparePaths(one.path, other.path));
}
