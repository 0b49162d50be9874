import type { ObjectId } from "../domain/ids.ts";
import { decodeCommit } from "./commit.ts";
import { decodeNode, isLeaf } from "./node.ts";
import type { NewObject } from "./object-source.ts";

/**
 * Ids of the objects that an object refers to, each once: of a commit its snapshot and parents, of a node its
 * children or its files' blobs, of a blob none. What must be present before it becomes visible (promise P3).
 *
 * Throws a StetError (E-STORE-DAMAGED) on bytes that are not of that kind.
 */
export function referencesOf(kind: NewObject["kind"], bytes: Uint8Array): readonly ObjectId[] {
  switch (kind) {
    case "blob":
      return [];
    case "commit": {
      const { fields } = decodeCommit(bytes, null);
      return [fields.snapshot, ...fields.parents];
    }
    case "node": {
      const node = decodeNode(bytes);
      return isLeaf(node)
        ? [...new Set(node.files.map((file) => file.entry.blob))]
        : [...new Set(node.children.map((child) => child.id))];
    }
  }
}
