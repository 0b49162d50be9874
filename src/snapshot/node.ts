import type { FileEntry } from "../domain/files.ts";
import { isFileMode } from "../domain/files.ts";
import { hashIdToBytes, type NodeId } from "../domain/ids.ts";
import { type CollectionPath, comparePaths, parsePath } from "../domain/paths.ts";
import { type CanonicalValue, decodeCanonical, encodeCanonical } from "./canonical-cbor.ts";
import { readCount, readList, readObjectId, readText, readTuple } from "./canonical-reading.ts";
import { damagedObject } from "./damage.ts";
import { objectId, taggedBytes, untaggedBytes } from "./hash.ts";
import type { NewObject } from "./object-source.ts";

/** Entries that one node holds at most. A constant of the format: another value gives other ids. */
export const nodeEntriesMax = 32;
/** Levels that a tree has at most; the digest of a path has a byte for each. */
export const nodeLevelsMax = 32;

/** A file in a leaf. */
export interface LeafFile {
  readonly path: CollectionPath;
  readonly entry: FileEntry;
}

/** A subtree in an inner node; `path` is the last path below it. */
export interface ChildNode {
  readonly path: CollectionPath;
  readonly id: NodeId;
}

/**
 * One node of a snapshot tree: a leaf with files, or an inner node with the subtrees of the level below.
 * Invariants: paths ascend strictly by their UTF-8 bytes; there are at most `nodeEntriesMax`, and at least one
 * but in the leaf that is the empty snapshot.
 */
export type TreeNode = LeafNode | InnerNode;
export interface LeafNode {
  readonly level: 0;
  readonly files: readonly LeafFile[];
}
export interface InnerNode {
  readonly level: number;
  readonly children: readonly ChildNode[];
}

export function isLeaf(node: TreeNode): node is LeafNode {
  return node.level === 0;
}

/**
 * Encodes a node: `[0, [[path, blob, mode, size], ...]]` or `[level, [[last path, child], ...]]`.
 * Throws a RangeError where a mode or a size is not one.
 */
export function encodeNode(node: TreeNode): NewObject & { readonly kind: "node" } {
  const rows: readonly CanonicalValue[] = isLeaf(node)
    ? node.files.map(({ path, entry }) => {
        if (!isFileMode(entry.mode)) throw new RangeError(`not a file's mode: ${entry.mode}`);
        if (!(entry.size >= 0)) throw new RangeError(`not a file's size: ${entry.size}`);
        return [path, hashIdToBytes(entry.blob), entry.mode, entry.size];
      })
    : node.children.map((child) => [child.path, hashIdToBytes(child.id)]);
  const bytes = taggedBytes("node", encodeCanonical([node.level, rows]));
  return { kind: "node", id: objectId(bytes), bytes };
}

/**
 * Decodes a node and checks its own invariants; whether the tree is canonical shows only in its context.
 * Throws a StetError (E-STORE-DAMAGED) that names the node.
 */
export function decodeNode(bytes: Uint8Array): TreeNode {
  try {
    return readNode(bytes);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw damagedObject("node", objectId<NodeId>(bytes), cause.message, cause);
  }
}

function readNode(bytes: Uint8Array): TreeNode {
  const cbor = untaggedBytes("node", bytes);
  if (cbor === undefined) throw new RangeError("it does not begin with a node's tag");
  const [first, second] = readTuple(decodeCanonical(cbor), 2);
  const level = readCount(first);
  const rows = readList(second);
  if (level >= nodeLevelsMax) throw new RangeError(`a level of ${level}`);
  if (rows.length > nodeEntriesMax) throw new RangeError(`${rows.length} entries in one node`);
  const node: TreeNode =
    level === 0 ? { level, files: rows.map(readFile) } : { level, children: rows.map(readChild) };
  requireAscending(isLeaf(node) ? node.files : node.children);
  if (level > 0 && rows.length === 0) throw new RangeError("an inner node without children");
  return node;
}

function readFile(row: CanonicalValue): LeafFile {
  const [path, blob, mode, size] = readTuple(row, 4);
  const entry: FileEntry = { blob: readObjectId(blob), mode: readCount(mode), size: readCount(size) };
  if (!isFileMode(entry.mode)) throw new RangeError(`not a file's mode: ${entry.mode}`);
  return { path: readPath(path), entry };
}

function readChild(row: CanonicalValue): ChildNode {
  const [path, id] = readTuple(row, 2);
  return { path: readPath(path), id: readObjectId(id) };
}

function readPath(value: CanonicalValue | undefined): CollectionPath {
  const path = parsePath(readText(value));
  if (path === undefined) throw new RangeError(`not a collection path: ${JSON.stringify(value)}`);
  return path;
}

function requireAscending(items: readonly { readonly path: CollectionPath }[]): void {
  let before: CollectionPath | undefined;
  for (const { path } of items) {
    if (before !== undefined && comparePaths(before, path) >= 0) {
      throw new RangeError(`paths out of order at ${JSON.stringify(path)}`);
    }
    before = path;
  }
}
