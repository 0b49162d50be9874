import type { FileEntry } from "../domain/files.ts";
import type { NodeId, SnapshotId } from "../domain/ids.ts";
import { type CollectionPath, comparePaths } from "../domain/paths.ts";
import { type BuiltSnapshot, buildSnapshot, emptySnapshot } from "./build-snapshot.ts";
import { buildAbove, innerLayer, type Layer, leafLayer, type MadeNode, NodeChunker } from "./chunking.ts";
import { type ChildNode, isLeaf, type LeafFile, type TreeNode } from "./node.ts";
import { lastPath, NodeCache, readRoot } from "./node-cache.ts";
import type { NewObject, ObjectSource } from "./object-source.ts";
import { TreePaths } from "./tree-paths.ts";

/** What becomes of one path on a level: its new item, or null where it goes. Sorted by path, each path once. */
type LevelEdits<Item> = readonly (readonly [CollectionPath, Item | null])[];

/** What an edited level asks of the level above, and the nodes that it is made of now where it was edited. */
interface EditedLevel {
  readonly above: LevelEdits<ChildNode>;
  readonly made: readonly MadeNode[];
}

/**
 * Applies edits to a snapshot: an entry is put, null removes. A removal of what is absent changes nothing.
 * The result is that of buildSnapshot over the resulting entries; k edits of n paths read and write
 * O(k log n) nodes.
 *
 * Gives the new snapshot and the nodes that are not in the old one. Throws a StetError where a node that is
 * needed is absent or damaged, a RangeError where a mode or a size is not one.
 */
export async function editSnapshot(
  source: ObjectSource,
  id: SnapshotId,
  edits: ReadonlyMap<CollectionPath, FileEntry | null>,
): Promise<BuiltSnapshot> {
  const root = await readRoot(source, id);
  const end = lastPath(root);
  if (end === undefined) return editEmpty(id, edits);
  const paths = [...edits.keys()].sort(comparePaths);
  const tree = new TreePaths(source, id, root, end);
  await tree.prefetch(paths);

  const made = new Map<NodeId, MadeNode>();
  const leafEdits = paths.map((path): LevelEdits<LeafFile>[number] => {
    const entry = edits.get(path) ?? null;
    return [path, entry === null ? null : { path, entry }];
  });
  let level = await editLevel(leafLayer, tree, leafEdits);
  for (const one of level.made) made.set(one.object.id, one);
  for (let above = 1; above <= root.level && level.above.length > 0; above++) {
    level = await editLevel(innerLayer(above), tree, level.above);
    for (const one of level.made) made.set(one.object.id, one);
  }
  if (level.above.length === 0) return { id, nodes: [] };
  const [top] = buildAbove(root.level, level.made, (one) => made.set(one.object.id, one));
  if (top === undefined) return emptySnapshot();
  const newRoot = await withoutLoneParents(tree, top, made);
  // The next edit begins with what this one made.
  if (source instanceof NodeCache) for (const [nodeId, { node }] of made) source.remember(nodeId, node);
  return { id: newRoot, nodes: newNodes(made, tree) };
}

/** An empty snapshot has no last path to find anything by: what is put is all there is. */
function editEmpty(id: SnapshotId, edits: ReadonlyMap<CollectionPath, FileEntry | null>): BuiltSnapshot {
  const entries: [CollectionPath, FileEntry][] = [];
  for (const [path, entry] of edits) if (entry !== null) entries.push([path, entry]);
  const built = buildSnapshot(entries);
  return built.id === id ? { id, nodes: [] } : built;
}

/**
 * Cuts anew the nodes of one level that edits fall into, and those behind them until a node ends where an old one
 * ended: from there on the old nodes stand.
 */
async function editLevel<Item extends { readonly path: CollectionPath }>(
  layer: Layer<Item>,
  tree: TreePaths,
  edits: LevelEdits<Item>,
): Promise<EditedLevel> {
  const chunker = new NodeChunker(layer);
  const replaced: ChildNode[] = [];
  let at = 0;
  let [edit] = edits;
  while (edit !== undefined) {
    let old = await tree.nodeAt(layer.level, edit[0]);
    for (;;) {
      replaced.push(old.child);
      const until = old.isLast ? edits.length : indexBehind(edits, at, old.child.path);
      pushEdited(chunker, layer.unwrap(old.node), edits.slice(at, until));
      at = until;
      if (old.isLast) chunker.end();
      if (old.isLast || chunker.atStart) break;
      old = await tree.nodeBehind(layer.level, old.child.path);
    }
    edit = edits[at];
  }
  return { above: editsAbove(replaced, chunker.made), made: chunker.made.map(namingPrevious(replaced)) };
}

/** Most nodes that are cut anew end where an old one ended: they take its place. */
function namingPrevious(replaced: readonly ChildNode[]): (made: MadeNode) => MadeNode {
  const before = new Map(replaced.map((child) => [child.path, child.id]));
  return (made) => {
    const previous = before.get(made.path);
    return previous === undefined ? made : { ...made, object: { ...made.object, previous } };
  };
}

function indexBehind(edits: LevelEdits<unknown>, from: number, path: CollectionPath): number {
  let index = from;
  for (let edit = edits[index]; edit !== undefined && comparePaths(edit[0], path) <= 0; edit = edits[index]) {
    index++;
  }
  return index;
}

/** Feeds a node's items to the chunker with the edits that fall among or behind them. */
function pushEdited<Item extends { readonly path: CollectionPath }>(
  chunker: NodeChunker<Item>,
  items: readonly Item[],
  edits: LevelEdits<Item>,
): void {
  let at = 0;
  const pushUntil = (path: CollectionPath | undefined): void => {
    for (let item = items[at]; item !== undefined; item = items[++at]) {
      if (path !== undefined && comparePaths(item.path, path) >= 0) return;
      chunker.push(item);
    }
  };
  for (const [path, item] of edits) {
    pushUntil(path);
    if (items[at]?.path === path) at++;
    if (item !== null) chunker.push(item);
  }
  pushUntil(undefined);
}

function editsAbove(replaced: readonly ChildNode[], made: readonly MadeNode[]): LevelEdits<ChildNode> {
  const before = new Map(replaced.map((child) => [child.path, child.id]));
  const edits = new Map<CollectionPath, ChildNode | null>(replaced.map((child) => [child.path, null]));
  for (const { path, object } of made) {
    if (before.get(path) === object.id) edits.delete(path);
    else edits.set(path, { path, id: object.id });
  }
  return [...edits].sort(([one], [other]) => comparePaths(one, other));
}

/** A tree has no inner node above all others with one child alone: the child is the root then. */
async function withoutLoneParents(
  tree: TreePaths,
  top: MadeNode,
  made: Map<NodeId, MadeNode>,
): Promise<NodeId> {
  let id = top.object.id;
  let node: TreeNode = top.node;
  while (!isLeaf(node)) {
    const [only, ...others] = node.children;
    if (only === undefined || others.length > 0) break;
    made.delete(id);
    node = made.get(only.id)?.node ?? (await tree.load(node.level, only));
    id = only.id;
  }
  return id;
}

function newNodes(made: ReadonlyMap<NodeId, MadeNode>, tree: TreePaths): readonly NewObject[] {
  return [...made.values()].filter((one) => !tree.has(one.object.id)).map((one) => one.object);
}
