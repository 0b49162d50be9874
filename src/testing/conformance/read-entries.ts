import type { CommitId, NodeId, ObjectId } from "../../domain/ids.ts";
import { decodeCommit } from "../../snapshot/commit.ts";
import { decodeNode, isLeaf } from "../../snapshot/node.ts";
import type { ObjectSource } from "../../snapshot/object-source.ts";

/** Texts of all files of a commit, by path. Throws where one of its objects is not there. */
export async function readEntries(source: ObjectSource, id: CommitId): Promise<Record<string, string>> {
  const { fields } = decodeCommit(await readOne(source, id), null);
  const files: Record<string, string> = {};
  await readNode(source, fields.snapshot, files);
  return files;
}

async function readNode(source: ObjectSource, id: NodeId, files: Record<string, string>): Promise<void> {
  const node = decodeNode(await readOne(source, id));
  if (!isLeaf(node)) {
    for (const child of node.children) await readNode(source, child.id, files);
    return;
  }
  for (const { path, entry } of node.files) {
    files[path] = new TextDecoder().decode(await readOne(source, entry.blob));
  }
}

async function readOne(source: ObjectSource, id: ObjectId): Promise<Uint8Array> {
  const [bytes] = await source.getMany([id]);
  if (bytes === undefined) throw new Error(`not there: ${id}`);
  return bytes;
}
