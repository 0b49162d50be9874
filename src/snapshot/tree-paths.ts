import type { NodeId } from "../domain/ids.ts";
import { type CollectionPath, comparePaths } from "../domain/paths.ts";
import { damagedObject, missingObject } from "./damage.ts";
import { type ChildNode, isLeaf, type TreeNode } from "./node.ts";
import { readChildren } from "./node-cache.ts";
import type { ObjectSource } from "./object-source.ts";
import { firstNotBefore } from "./read-snapshot.ts";

/** A node of a tree, found by a path. */
export interface FoundNode {
  readonly child: ChildNode;
  readonly node: TreeNode;
  /** Whether no node of its level comes behind it. */
  readonly isLast: boolean;
}

/** One tree that is not empty, of which what was read once is not read again. */
export class TreePaths {
  readonly #source: ObjectSource;
  readonly #root: FoundNode;
  readonly #end: CollectionPath;
  readonly #read = new Map<NodeId, TreeNode>();

  /** `end` is the last path below `root`. */
  constructor(source: ObjectSource, id: NodeId, root: TreeNode, end: CollectionPath) {
    this.#source = source;
    this.#root = { child: { path: end, id }, node: root, isLast: true };
    this.#end = end;
    this.#read.set(id, root);
  }

  /** Whether the node was read as part of this tree. */
  has(id: NodeId): boolean {
    return this.#read.has(id);
  }

  /** Reads the nodes that `paths`, in ascending order, lie in: a level at a time, one request each. */
  async prefetch(paths: readonly CollectionPath[]): Promise<void> {
    let nodes: readonly TreeNode[] = [this.#root.node];
    for (let level = this.#root.node.level; level > 0; level--) {
      const children: ChildNode[] = [];
      let at = 0;
      for (const node of nodes) {
        if (isLeaf(node)) continue;
        for (const child of node.children) {
          const isLast = child.path === this.#end;
          const from = at;
          for (let path = paths[at]; path !== undefined; path = paths[++at]) {
            if (!isLast && comparePaths(path, child.path) > 0) break;
          }
          if (at > from) children.push(child);
        }
      }
      nodes = await readChildren(this.#source, level, children);
      nodes.forEach((node, index) => {
        const child = children[index];
        if (child !== undefined) this.#read.set(child.id, node);
      });
    }
  }

  /** A child of a node of `level`. */
  async load(level: number, child: ChildNode): Promise<TreeNode> {
    const known = this.#read.get(child.id);
    if (known !== undefined && known.level === level - 1) return known;
    const [node] = await readChildren(this.#source, level, [child]);
    if (node === undefined) throw missingObject("node", child.id);
    this.#read.set(child.id, node);
    return node;
  }

  /** The node of `level` that `path` lies in, or would: behind all others that is the last one. */
  async nodeAt(level: number, path: CollectionPath): Promise<FoundNode> {
    return this.#descend(level, (children) => firstNotBefore(children, path) ?? children.at(-1));
  }

  /** The node of `level` that comes behind the one that ends at `path`; that one must not be the last. */
  async nodeBehind(level: number, path: CollectionPath): Promise<FoundNode> {
    return this.#descend(level, (children) => children.find((child) => comparePaths(child.path, path) > 0));
  }

  async #descend(
    level: number,
    choose: (children: readonly ChildNode[]) => ChildNode | undefined,
  ): Promise<FoundNode> {
    let found = this.#root;
    while (found.node.level > level) {
      const { node } = found;
      const child = isLeaf(node) ? undefined : choose(node.children);
      if (child === undefined)
        throw damagedObject("node", found.child.id, "it lacks a child that it should have");
      found = { child, node: await this.load(node.level, child), isLast: child.path === this.#end };
    }
    return found;
  }
}
