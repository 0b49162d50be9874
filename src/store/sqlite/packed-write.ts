import type { BlobId, CommitId, NodeId } from "../../domain/ids.ts";
import type { NewObject } from "../../snapshot/object-source.ts";
import type { WriteBatch } from "../history-store.ts";
import type { WriteInput } from "./engine-methods.ts";

/**
 * A write on its way to the engine's thread. All bytes lie in one buffer that is handed over, and what is said
 * beside them is one text: copied value by value, a group of saves takes as long to send as to store.
 */
export interface PackedWrite extends Omit<WriteInput, "batches"> {
  /** JSON of PackedBatch[]. */
  readonly batches: string;
  readonly bytes: ArrayBuffer;
}

interface PackedBatch extends Omit<WriteBatch, "objects"> {
  readonly objects: readonly PackedObject[];
}

/** An object without its bytes and words, of which the lengths are given; null where a commit has no words. */
type PackedObject =
  | readonly [kind: "blob", id: BlobId, length: number, previous: BlobId | null]
  | readonly [kind: "node", id: NodeId, length: number]
  | readonly [kind: "commit", id: CommitId, length: number, words: number | null];

export function packWrite(input: WriteInput): PackedWrite {
  const parts: Uint8Array[] = [];
  let length = 0;
  const lengthOf = (bytes: Uint8Array): number => {
    parts.push(bytes);
    length += bytes.length;
    return bytes.length;
  };
  const batches = input.batches.map(
    ({ objects, ...said }): PackedBatch => ({
      ...said,
      objects: objects.map((object) => packObject(object, lengthOf)),
    }),
  );
  const bytes = new Uint8Array(new ArrayBuffer(length));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { ...input, batches: JSON.stringify(batches), bytes: bytes.buffer };
}

export function unpackWrite({ batches, bytes, ...rest }: PackedWrite): WriteInput {
  const packed: readonly PackedBatch[] = JSON.parse(batches);
  let at = 0;
  const take = (length: number): Uint8Array => {
    at += length;
    return new Uint8Array(bytes, at - length, length);
  };
  return {
    ...rest,
    batches: packed.map(({ objects, ...said }) => ({
      ...said,
      objects: objects.map((object) => unpackObject(object, take)),
    })),
  };
}

function packObject(object: NewObject, lengthOf: (bytes: Uint8Array) => number): PackedObject {
  const length = lengthOf(object.bytes);
  switch (object.kind) {
    case "blob":
      return ["blob", object.id, length, object.previous ?? null];
    case "node":
      return ["node", object.id, length];
    case "commit":
      return ["commit", object.id, length, object.words === null ? null : lengthOf(object.words)];
  }
}

function unpackObject(packed: PackedObject, take: (length: number) => Uint8Array): NewObject {
  const bytes = take(packed[2]);
  switch (packed[0]) {
    case "blob": {
      const [kind, id, , previous] = packed;
      return previous === null ? { kind, id, bytes } : { kind, id, bytes, previous };
    }
    case "node": {
      const [kind, id] = packed;
      return { kind, id, bytes };
    }
    case "commit": {
      const [kind, id, , words] = packed;
      return { kind, id, bytes, words: words === null ? null : take(words) };
    }
  }
}
