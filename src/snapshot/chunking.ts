import { hash } from "node:crypto";
import type { CollectionPath } from "../domain/paths.ts";
import {
  type ChildNode,
  encodeNode,
  isLeaf,
  type LeafFile,
  nodeEntriesMax,
  nodeLevelsMax,
  type TreeNode,
} from "./node.ts";
import type { NewObject } from "./object-source.ts";

/**
 * How the sorted entries of a level are cut into nodes. These rules are the format: changing one changes ids.
 * - A node ends behind a path whose SHA-256 has, at the index of the level, a byte below `endingBytes`. That
 *   depends on the path and the level alone, so an edit of a file's content never moves a boundary, and the next
 *   such path puts an edited sequence back into step with the old one.
 * - It also ends when it holds `nodeEntriesMax` entries.
 * So where a node begins, nothing before it matters: the tree is a function of its entries.
 */
const endingBytes = 16;

/** Whether a node of this level ends behind the entry with this path. One in 16 does. */
export function endsNode(path: CollectionPath, level: number): boolean {
  let digest = digests.get(path);
  if (digest === undefined) {
    digest = hash("sha256", path, "binary");
    if (digests.size >= digestsMax) digests.clear();
    digests.set(path, digest);
  }
  return digest.charCodeAt(level) < endingBytes;
}

/** Each edit asks of all paths beside its own again. A character for each byte of a digest. */
const digests = new Map<CollectionPath, string>();
const digestsMax = 4096;

/** The kind of entries on a level, and how they become a node. */
export interface Layer<Item extends { readonly path: CollectionPath }> {
  readonly level: number;
  readonly wrap: (items: readonly Item[]) => TreeNode;
  readonly unwrap: (node: TreeNode) => readonly Item[];
}

export const leafLayer: Layer<LeafFile> = {
  level: 0,
  wrap: (files) => ({ level: 0, files }),
  unwrap: (node) => (isLeaf(node) ? node.files : []),
};

export function innerLayer(level: number): Layer<ChildNode> {
  if (level < 1 || level >= nodeLevelsMax) throw new RangeError(`no level ${level} in a snapshot tree`);
  return {
    level,
    wrap: (children) => ({ level, children }),
    unwrap: (node) => (isLeaf(node) ? [] : node.children),
  };
}

/** A node made on the way, decoded and encoded, with the last path below it. */
export interface MadeNode {
  readonly path: CollectionPath;
  readonly node: TreeNode;
  readonly object: NewObject & { readonly kind: "node" };
}

/** Cuts one level's entries, given in order, into nodes. */
export class NodeChunker<Item extends { readonly path: CollectionPath }> {
  readonly made: MadeNode[] = [];
  readonly #layer: Layer<Item>;
  #pending: Item[] = [];

  constructor(layer: Layer<Item>) {
    this.#layer = layer;
  }

  /** Whether a node begins with the entry that comes next. */
  get atStart(): boolean {
    return this.#pending.length === 0;
  }

  push(item: Item): void {
    this.#pending.push(item);
    if (this.#pending.length >= nodeEntriesMax || endsNode(item.path, this.#layer.level)) this.end();
  }

  /** Ends the node under way, if there is one. */
  end(): void {
    const last = this.#pending.at(-1);
    if (last === undefined) return;
    const node = this.#layer.wrap(this.#pending);
    this.made.push({ path: last.path, node, object: encodeNode(node) });
    this.#pending = [];
  }
}

/** Builds the levels above nodes until one is left: the root. `visit` is given each node made. */
export function buildAbove(
  level: number,
  nodes: readonly MadeNode[],
  visit: (made: MadeNode) => void,
): readonly MadeNode[] {
  let below = nodes;
  for (let above = level + 1; below.length > 1; above++) {
    const chunker = new NodeChunker(innerLayer(above));
    for (const made of below) chunker.push({ path: made.path, id: made.object.id });
    chunker.end();
    chunker.made.forEach(visit);
    below = chunker.made;
  }
  return below;
}
