import type { ObjectId } from "../../domain/ids.ts";
import type { Database } from "./database.ts";

/** A node that this connection stored: its number, its bytes and on how many others it rests. */
export interface RecentNode {
  readonly n: number;
  readonly bytes: Uint8Array;
  readonly depth: number;
}

/** About 1 KB each. */
const rememberedMax = 1024;

/**
 * Nodes that this connection stored lately. The next save takes the place of most of them, and is stored as what is
 * new in it: they need not be read for that, nor looked for under the write lock.
 *
 * Invariant: what is recalled under the write lock is in the store with its content. So all are dropped when another
 * connection has written (`asOf`), when a transaction was taken back, and when this one removes objects (`clear`).
 */
class RecentNodes {
  readonly #nodes = new Map<ObjectId, RecentNode>();
  #version: number | null = null;

  /** Under the write lock: `version` is the database's now. */
  asOf(version: number): void {
    if (version !== this.#version) this.clear();
    this.#version = version;
  }

  clear(): void {
    this.#nodes.clear();
  }

  recall(id: ObjectId): RecentNode | undefined {
    return this.#nodes.get(id);
  }

  remember(id: ObjectId, node: RecentNode): void {
    if (this.#nodes.size >= rememberedMax) this.#nodes.clear();
    // Copied: bytes that came from another thread are a part of all that came with them.
    this.#nodes.set(id, { ...node, bytes: node.bytes.slice() });
  }
}

const ofDatabase = new WeakMap<Database, RecentNodes>();

export function recentNodes(database: Database): RecentNodes {
  let nodes = ofDatabase.get(database);
  if (nodes === undefined) {
    nodes = new RecentNodes();
    ofDatabase.set(database, nodes);
  }
  return nodes;
}
