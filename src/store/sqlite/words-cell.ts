import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Database } from "./database.ts";
import { blob } from "./row.ts";

/**
 * Words of a commit are short and mostly the names of their fields. They are kept as raw DEFLATE (RFC 1951) with
 * a preset dictionary, a constant of the format: a third of the bytes, without sharing anything with others, so that
 * `forget` removes a row and nothing else.
 */
const dictionary = Buffer.concat([
  Buffer.from('"file":"changed""field":"added""removed""moved""artifact""section""fields""sections""files"'),
  Buffer.from("stet-words-1\n", "latin1"),
  // The map of four, `salt` and the head of its 16 bytes; `message`; empty `metadata`; empty `structuredDelta`.
  Buffer.from([0xa4, 0x64]),
  Buffer.from("salt", "latin1"),
  Buffer.from([0x50, 0x67]),
  Buffer.from("message", "latin1"),
  Buffer.from([0x68]),
  Buffer.from("metadata", "latin1"),
  Buffer.from([0xa0, 0x6f]),
  Buffer.from("structuredDelta", "latin1"),
  Buffer.from([0x80]),
]);
/** Words have limits of their own; this only bounds what a damaged row may ask for. */
const wordsBytesMax = 64 * 1024 * 1024;

export function putWords(database: Database, commit: number, words: Uint8Array): void {
  database.run(
    "INSERT OR IGNORE INTO commit_words (object, data) VALUES (?, ?)",
    commit,
    deflateRawSync(words, { dictionary, level: 9 }),
  );
}

/** The words of the commit with a number; null where it has none, or they were forgotten. */
export function readWords(database: Database, commit: number): Uint8Array | null {
  const row = database.get("SELECT data FROM commit_words WHERE object = ?", commit);
  if (row === undefined) return null;
  return new Uint8Array(inflateRawSync(blob(row, "data"), { dictionary, maxOutputLength: wordsBytesMax }));
}
