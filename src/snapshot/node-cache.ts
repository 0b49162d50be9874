import type { NodeId, ObjectId } from "../domain/ids.ts";
import { damagedObject, missingObject } from "./damage.ts";
import { objectId } from "./hash.ts";
import { type ChildNode, decodeNode, isLeaf, type TreeNode } from "./node.ts";
import type { ObjectSource } from "./object-source.ts";

/**
 * An object source that remembers the nodes it decoded, the least recently used dropped first. Nodes are
 * immutable, so nothing in it goes stale; a node that was pruned beneath it may still be answered.
 */
export class NodeCache implements ObjectSource {
  readonly #beneath: ObjectSource;
  readonly #nodesMax: number;
  readonly #nodes: Map<NodeId, TreeNode>;

  /** Holds at most `nodesMax` nodes, of about 10 KB each when decoded. `nodes` is what it remembers them in. */
  constructor(beneath: ObjectSource, nodesMax = 1024, nodes: Map<NodeId, TreeNode> = new Map()) {
    this.#beneath = beneath;
    this.#nodesMax = nodesMax;
    this.#nodes = nodes;
  }

  /** The same memory in front of another source. */
  over(beneath: ObjectSource): NodeCache {
    return new NodeCache(beneath, this.#nodesMax, this.#nodes);
  }

  readonly getMany = (ids: readonly ObjectId[]): Promise<readonly (Uint8Array | undefined)[]> =>
    this.#beneath.getMany(ids);

  /** Nodes that are remembered now. */
  get size(): number {
    return this.#nodes.size;
  }

  recall(id: NodeId): TreeNode | undefined {
    const node = this.#nodes.get(id);
    if (node !== undefined) this.remember(id, node);
    return node;
  }

  remember(id: NodeId, node: TreeNode): void {
    this.#nodes.delete(id);
    this.#nodes.set(id, node);
    const oldest = this.#nodes.keys().next();
    if (this.#nodes.size > this.#nodesMax && !oldest.done) this.#nodes.delete(oldest.value);
  }
}

/**
 * Reads nodes, each fetched once, in the order of `ids`; from memory where the source is a NodeCache.
 * Throws a StetError that names the node: E-OBJECT-MISSING where one is absent, E-STORE-DAMAGED where its bytes
 * are not those of its id or not a node's.
 */
async function readNodes(source: ObjectSource, ids: readonly NodeId[]): Promise<readonly TreeNode[]> {
  const cache = source instanceof NodeCache ? source : undefined;
  const nodes = new Map<NodeId, TreeNode>();
  const wanted = new Set<NodeId>();
  for (const id of ids) {
    const node = cache?.recall(id);
    if (node === undefined) wanted.add(id);
    else nodes.set(id, node);
  }
  const absent = [...wanted];
  const found = absent.length === 0 ? [] : await source.getMany(absent);
  absent.forEach((id, index) => {
    const node = checkedNode(id, found[index]);
    cache?.remember(id, node);
    nodes.set(id, node);
  });
  return ids.map((id) => nodes.get(id) ?? checkedNode(id, undefined));
}

function checkedNode(id: NodeId, bytes: Uint8Array | undefined): TreeNode {
  if (bytes === undefined) throw missingObject("node", id);
  if (objectId(bytes) !== id)
    throw damagedObject("node", id, "its bytes are not those that its id was made of");
  return decodeNode(bytes);
}

/**
 * Reads children of nodes of `level`, and checks that each fits where it hangs: one level below, its last path
 * the one that its parent gives. Throws as readNodes does.
 */
export async function readChildren(
  source: ObjectSource,
  level: number,
  children: readonly ChildNode[],
): Promise<readonly TreeNode[]> {
  const nodes = await readNodes(
    source,
    children.map((child) => child.id),
  );
  children.forEach((child, index) => {
    const node = nodes[index];
    if (node === undefined) throw missingObject("node", child.id);
    if (node.level !== level - 1)
      throw damagedObject("node", child.id, "it hangs at another level than its own");
    if (lastPath(node) !== child.path) throw damagedObject("node", child.id, "it ends at another path");
  });
  return nodes;
}

/** Reads the root of a snapshot. Throws as readNodes does. */
export async function readRoot(source: ObjectSource, id: NodeId): Promise<TreeNode> {
  const [root] = await readNodes(source, [id]);
  if (root === undefined) throw missingObject("node", id);
  return root;
}

/** The last path below a node; undefined for the empty snapshot. */
export function lastPath(node: TreeNode): ChildNode["path"] | undefined {
  return isLeaf(node) ? node.files.at(-1)?.path : node.children.at(-1)?.path;
}
