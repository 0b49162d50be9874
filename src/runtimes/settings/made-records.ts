/**
 * What stet made of a shared file, among the records of what it wrote: `.mcp.json#made` for the file itself,
 * `.mcp.json#made["mcpServers"]` for a map in it. Such a record belongs to no artifact.
 */
import { regularMode } from "../../domain/files.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { WrittenEntry } from "../../store/checkout-store.ts";
import type { MadeMaps } from "./edit-settings.ts";

const mark = "#made";

/** What the records say that stet made in a file. */
export function madeMaps(written: readonly WrittenEntry[], file: string): MadeMaps {
  const prefix = file + mark;
  const found = written.filter(({ path }) => path.startsWith(prefix));
  return new Set(found.map(({ path }) => path.slice(prefix.length)));
}

/** The records to put and to drop, so that they say what is so now. */
export function madeRecords(
  file: string,
  before: MadeMaps,
  after: MadeMaps,
): { readonly put: readonly WrittenEntry[]; readonly drop: readonly string[] } {
  const nothing = new Uint8Array();
  const written = { blob: blobId(nothing), mode: regularMode, size: 0 };
  return {
    put: [...after]
      .filter((name) => !before.has(name))
      .map((name) => ({ path: file + mark + name, artifact: "", written, source: "" })),
    drop: [...before].filter((name) => !after.has(name)).map((name) => file + mark + name),
  };
}
