import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Database } from "./database.ts";
import { blob } from "./row.ts";

/**
 * Words of a commit are short and mostly the names of their fields. They are kept as raw DEFLATE (RFC 1951) with
 * a preset dictionary, a constant of the format: a third or less of the bytes, without sharing anything with others, so that
 * `forget` removes a row and nothing else.
 */
const ascii = (text: string): Buffer => Buffer.from(text, "latin1");
/** A short text as CBOR has it. */
const item = (text: string): Buffer => Buffer.concat([Buffer.of(0x60 + text.length), ascii(text)]);
const dictionary = Buffer.concat([
  ...["removed", "moved", "added"].map(item),
  ascii("command/agent/rule/ > "),
  ...[Buffer.of(0x81, 0x82), item("description"), item("changed"), item("sections"), Buffer.of(0x80)],
  ...[item("changed"), Buffer.of(0x82)],
  // What comes last is found at the least cost: the words of a save that changed a section of a skill, salt left out.
  ...[
    ascii("stet-words-1\n"),
    Buffer.of(0xa5),
    item("salt"),
    Buffer.of(0x50),
    item("message"),
    Buffer.of(0xf6),
  ],
  ...[item("metadata"), Buffer.of(0xa0), item("breakingChanges"), Buffer.of(0x80)],
  ...[item("structuredDelta"), Buffer.of(0x81, 0xa5)],
  ...[
    item("files"),
    Buffer.of(0x81, 0x82),
    item("SKILL.md"),
    item("changed"),
    item("change"),
    item("changed"),
  ],
  ...[item("fields"), Buffer.of(0x80), item("artifact"), Buffer.of(0x71), ascii("skill/")],
  ...[item("sections"), Buffer.of(0x81, 0x82, 0x77)],
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
