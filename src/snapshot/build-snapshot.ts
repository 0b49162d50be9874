import type { FileEntry } from "../domain/files.ts";
import type { SnapshotId } from "../domain/ids.ts";
import { type CollectionPath, comparePaths } from "../domain/paths.ts";
import { buildAbove, leafLayer, NodeChunker } from "./chunking.ts";
import { encodeNode } from "./node.ts";
import type { NewObject } from "./object-source.ts";

/**
 * A snapshot is a content-defined search tree ("prolly tree": Noms, Dolt; compare Pugh and Teitelbaum 1989 on
 * uniquely represented trees) over paths in the order of their UTF-8 bytes.
 *
 * Invariant: its id is a function of the entries alone, whatever the order of the edits that led there.
 */
export interface BuiltSnapshot {
  readonly id: SnapshotId;
  /** Every node of the tree, children before parents. */
  readonly nodes: readonly NewObject[];
}

/** The snapshot without files: one empty leaf. */
export function emptySnapshot(): BuiltSnapshot {
  const node = encodeNode({ level: 0, files: [] });
  return { id: node.id, nodes: [node] };
}

/**
 * Builds the tree of the entries, given in any order.
 * Throws a RangeError where a path comes twice, or a mode or a size is not one.
 */
export function buildSnapshot(entries: Iterable<readonly [CollectionPath, FileEntry]>): BuiltSnapshot {
  const sorted = [...entries].sort(([one], [other]) => comparePaths(one, other));
  const chunker = new NodeChunker(leafLayer);
  let before: CollectionPath | undefined;
  for (const [path, entry] of sorted) {
    if (path === before) throw new RangeError(`a path that comes twice: ${JSON.stringify(path)}`);
    chunker.push({ path, entry });
    before = path;
  }
  chunker.end();
  const nodes: NewObject[] = chunker.made.map((made) => made.object);
  const [root] = buildAbove(0, chunker.made, (made) => nodes.push(made.object));
  return root === undefined ? emptySnapshot() : { id: root.object.id, nodes };
}

/** The version of an artifact: the snapshot id of its own entries by their path within it. */
export function subSnapshotId(entries: Iterable<readonly [CollectionPath, FileEntry]>): SnapshotId {
  return buildSnapshot(entries).id;
}
