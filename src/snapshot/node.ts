import type { FileEntry } from "../domain/files.ts";
import { isFileMode } from "../domain/files.ts";
import { type BlobId, hashIdFromBytes, type NodeId } from "../domain/ids.ts";
import { type CollectionPath, comparePaths, parsePath } from "../domain/paths.ts";
import { CanonicalReader } from "./canonical-reader.ts";
import { CanonicalWriter } from "./canonical-writer.ts";
import { damagedObject } from "./damage.ts";
import { objectId, tagBytes, untaggedBytes } from "./hash.ts";
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
  writer.begin(tagBytes.node);
  writer.list(2);
  writer.integer(node.level);
  if (isLeaf(node)) {
    writer.list(node.files.length);
    for (const file of node.files) writeFile(file);
  } else {
    writer.list(node.children.length);
    for (const { path, id } of node.children) {
      writer.list(2);
      writer.text(path);
      writer.hashId(id);
    }
  }
  const bytes = writer.finish();
  return { kind: "node", id: objectId(bytes), bytes };
}

/** An edit writes a node of some thirty entries anew for each that changed: item by item, without a value of it all. */
const writer = new CanonicalWriter();

function writeFile({ path, entry }: LeafFile): void {
  if (!isFileMode(entry.mode)) throw new RangeError(`not a file's mode: ${entry.mode}`);
  if (!(entry.size >= 0)) throw new RangeError(`not a file's size: ${entry.size}`);
  writer.list(4);
  writer.text(path);
  writer.hashId(entry.blob);
  writer.integer(entry.mode);
  writer.integer(entry.size);
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
  const reader = new CanonicalReader(cbor);
  reader.tuple(2);
  const level = reader.count();
  const length = reader.list();
  if (level >= nodeLevelsMax) throw new RangeError(`a level of ${level}`);
  if (length > nodeEntriesMax) throw new RangeError(`${length} entries in one node`);
  if (level > 0 && length === 0) throw new RangeError("an inner node without children");
  const node: TreeNode =
    level === 0
      ? { level, files: readRows(reader, length, readFile, keptFiles) }
      : { level, children: readRows(reader, length, readChild, keptChildren) };
  reader.end();
  return node;
}

/**
 * Rows that were read before, by their bytes: of the rows of a node and of the same node one edit later all but one
 * are the same.
 */
const keptFiles = new Map<string, LeafFile>();
const keptChildren = new Map<string, ChildNode>();
const keptRowsMax = 4096;

/** Reads items, and checks that their paths ascend. */
function readRows<Item extends { readonly path: CollectionPath }>(
  reader: CanonicalReader,
  length: number,
  read: (reader: CanonicalReader) => Item,
  kept: Map<string, Item>,
): readonly Item[] {
  const items: Item[] = [];
  let before: CollectionPath | undefined;
  for (let index = 0; index < length; index++) {
    const row = reader.peekItem();
    const known = kept.get(row);
    const item = known ?? read(reader);
    if (known !== undefined) reader.pass(row.length);
    else {
      if (kept.size >= keptRowsMax) kept.clear();
      kept.set(row, item);
    }
    if (before !== undefined && comparePaths(before, item.path) >= 0) {
      throw new RangeError(`paths out of order at ${JSON.stringify(item.path)}`);
    }
    before = item.path;
    items.push(item);
  }
  return items;
}

function readFile(reader: CanonicalReader): LeafFile {
  reader.tuple(4);
  const path = readPath(reader);
  const blob = hashIdFromBytes<BlobId>(reader.bytes(32));
  const mode = reader.count();
  if (!isFileMode(mode)) throw new RangeError(`not a file's mode: ${mode}`);
  return { path, entry: { blob, mode, size: reader.count() } };
}

function readChild(reader: CanonicalReader): ChildNode {
  reader.tuple(2);
  return { path: readPath(reader), id: hashIdFromBytes<NodeId>(reader.bytes(32)) };
}

function readPath(reader: CanonicalReader): CollectionPath {
  const text = reader.text();
  const path = parsePath(text);
  if (path === undefined) throw new RangeError(`not a collection path: ${JSON.stringify(text)}`);
  return path;
}
