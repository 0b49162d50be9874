import type { FileEntry } from "../domain/files.ts";
import type { SnapshotId } from "../domain/ids.ts";
import { type CollectionPath, comparePaths } from "../domain/paths.ts";
import { type ChildNode, isLeaf, type TreeNode } from "./node.ts";
import { readChildren, readRoot } from "./node-cache.ts";
import type { ObjectSource } from "./object-source.ts";

/** The first item whose path is not before `path`; undefined where all are. Items ascend by path. */
export function firstNotBefore<Item extends { readonly path: CollectionPath }>(
  items: readonly Item[],
  path: string,
): Item | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && comparePaths(item.path, path) < 0) low = middle + 1;
    else high = middle;
  }
  return items[low];
}

/**
 * What a snapshot holds at a path; null where nothing. Reads one node of each level.
 * Throws a StetError where a node is absent or damaged.
 */
export async function readEntry(
  source: ObjectSource,
  id: SnapshotId,
  path: CollectionPath,
): Promise<FileEntry | null> {
  let node = await readRoot(source, id);
  while (!isLeaf(node)) {
    const child = firstNotBefore(node.children, path);
    if (child === undefined) return null;
    const [below] = await readChildren(source, node.level, [child]);
    if (below === undefined) return null;
    node = below;
  }
  const file = firstNotBefore(node.files, path);
  return file?.path === path ? file.entry : null;
}

/**
 * Every entry of a snapshot, in order, or those whose path begins with `prefix` (`skills/pdf/`). Fetches the
 * nodes of a level in one request, and none that cannot hold such a path.
 * Throws a StetError where a node is absent or damaged.
 */
export async function readEntries(
  source: ObjectSource,
  id: SnapshotId,
  options: { readonly prefix?: string } = {},
): Promise<Map<CollectionPath, FileEntry>> {
  const prefix = options.prefix ?? "";
  const entries = new Map<CollectionPath, FileEntry>();
  let nodes: readonly TreeNode[] = [await readRoot(source, id)];
  for (let [first] = nodes; first !== undefined; [first] = nodes) {
    const children: ChildNode[] = [];
    for (const node of nodes) {
      if (isLeaf(node)) {
        for (const { path, entry } of node.files) if (path.startsWith(prefix)) entries.set(path, entry);
      } else {
        children.push(...childrenWithPrefix(node.children, prefix));
      }
    }
    nodes = children.length === 0 ? [] : await readChildren(source, first.level, children);
  }
  return entries;
}

/** A child holds paths behind the last one of the child before it, up to its own last one. */
function childrenWithPrefix(children: readonly ChildNode[], prefix: string): readonly ChildNode[] {
  if (prefix === "") return children;
  return children.filter((child, index) => {
    const before = children[index - 1]?.path;
    const begins = comparePaths(child.path, prefix) >= 0;
    const isPast = before !== undefined && comparePaths(before, prefix) > 0 && !before.startsWith(prefix);
    return begins && !isPast;
  });
}
