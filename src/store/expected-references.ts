import type { ObjectId } from "../domain/ids.ts";
import { decodeCommit } from "../snapshot/commit.ts";
import { decodeNode, isLeaf } from "../snapshot/node.ts";
import type { NewObject } from "../snapshot/object-source.ts";

/** An object that another one refers to, and what it must be read as. */
export interface ExpectedReference {
  readonly id: ObjectId;
  readonly kind: NewObject["kind"];
}

/**
 * What must be in the store before an object becomes visible (P3), each once. The kind matters: a file may hold
 * the bytes of a node and then has the node's id, but nobody has checked what those bytes refer to.
 * Throws a StetError (E-STORE-DAMAGED) on bytes that are not of that kind, or words that are not the commit's.
 */
export function expectedReferences(object: NewObject): readonly ExpectedReference[] {
  switch (object.kind) {
    case "blob":
      return [];
    case "commit": {
      const { fields } = decodeCommit(object.bytes, object.words);
      return [
        { id: fields.snapshot, kind: "node" },
        ...fields.parents.map((id) => ({ id, kind: "commit" as const })),
      ];
    }
    case "node": {
      const node = decodeNode(object.bytes);
      if (!isLeaf(node)) {
        return [...new Set(node.children.map((child) => child.id))].map((id) => ({ id, kind: "node" }));
      }
      return [...new Set(node.files.map((file) => file.entry.blob))].map((id) => ({ id, kind: "blob" }));
    }
  }
}

/** Whether an object stored as `found` may be read as `wanted`: the bytes of every object can serve as a file's. */
export function servesAs(found: NewObject["kind"], wanted: NewObject["kind"]): boolean {
  return wanted === "blob" || found === wanted;
}
