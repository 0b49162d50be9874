/**
 * Texts beside history: what was refused and is kept, and what is being written.
 *
 * Invariant: the content of a kept text is an object of the store, which `LiveObjects` spares as long as its row is
 * there; a draft's text stands in its row, since it is replaced with every pause in typing.
 */
import type { FileEntry } from "../../domain/files.ts";
import {
  type BlobId,
  type CollectionId,
  hashIdFromBytes,
  hashIdToBytes,
  parseRandomId,
} from "../../domain/ids.ts";
import { decodeCanonical, encodeCanonical } from "../../snapshot/canonical-cbor.ts";
import { decodeActor, encodeActor } from "../actor-value.ts";
import type { Draft, KeptText, LocalBatch } from "../checkout-store.ts";
import type { Database } from "./database.ts";
import { blob, blobOrNull, damagedRow, integer, type Row, text, textOrNull } from "./row.ts";

/** Writes the kept texts and drafts of a batch, under the write lock. */
export function writeSideTexts(database: Database, batch: LocalBatch): void {
  for (const one of batch.keep ?? []) putKept(database, one);
  for (const id of batch.dropKept ?? []) database.run("DELETE FROM kept WHERE id = ?", id);
  for (const { collection, artifact, client, base, text: written, at } of batch.drafts ?? []) {
    database.run(
      "INSERT OR REPLACE INTO draft (collection, artifact, client, base, text, at) VALUES (?, ?, ?, ?, ?, ?)",
      collection,
      artifact,
      client,
      base,
      written,
      at,
    );
  }
  for (const { collection, artifact, client } of batch.dropDrafts ?? []) {
    const which = "collection = ? AND artifact = ? AND client = ?";
    database.run(`DELETE FROM draft WHERE ${which}`, collection, artifact, client);
  }
}

function putKept(database: Database, { id, collection, path, yours, base, actor, at }: KeptText): void {
  database.run(
    "INSERT OR REPLACE INTO kept (id, collection, path, yours, yours_mode, yours_size, base, base_mode, base_size," +
      " actor, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    id,
    collection,
    path,
    hashIdToBytes(yours.blob),
    yours.mode,
    yours.size,
    base === null ? null : hashIdToBytes(base.blob),
    base?.mode ?? null,
    base?.size ?? null,
    encodeCanonical(encodeActor(actor)),
    at,
  );
}

export function readKept(database: Database, collection: CollectionId): readonly KeptText[] {
  const rows = database.all("SELECT * FROM kept WHERE collection = ? ORDER BY at DESC, id", collection);
  return rows.map((row) => {
    const id = parseRandomId("conflict", text(row, "id"));
    const yours = entryOf(row, "yours");
    if (id === undefined || yours === null) throw damagedRow("kept.id", "a conflict's id, with its text");
    const actor = decodeActor(decodeCanonical(blob(row, "actor")));
    const base = entryOf(row, "base");
    return { id, collection, path: text(row, "path"), yours, base, actor, at: integer(row, "at") };
  });
}

function entryOf(row: Row, side: "yours" | "base"): FileEntry | null {
  const hash = blobOrNull(row, side);
  if (hash === null) return null;
  const [mode, size] = [integer(row, `${side}_mode`), integer(row, `${side}_size`)];
  return { blob: hashIdFromBytes<BlobId>(hash), mode, size };
}

export function readDrafts(database: Database, collection: CollectionId): readonly Draft[] {
  const rows = database.all("SELECT * FROM draft WHERE collection = ? ORDER BY at DESC, client", collection);
  return rows.map((row) => ({
    collection,
    artifact: text(row, "artifact"),
    client: text(row, "client"),
    base: textOrNull(row, "base"),
    text: text(row, "text"),
    at: integer(row, "at"),
  }));
}
