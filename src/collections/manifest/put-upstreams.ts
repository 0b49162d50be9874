import type { FormatValue } from "../../formats/format-value.ts";
import { putTables, type TableEdit } from "../sorted-tables.ts";
import { type UpstreamEntry, upstreamTable } from "./upstream-entry.ts";

/** Puts, changes or (with null) removes entries; all else in the manifest stays byte for byte. */
export function putUpstreams(text: string, puts: ReadonlyMap<string, UpstreamEntry | null>): TableEdit {
  const tables = new Map(
    [...puts].map(([name, entry]) => [name, entry === null ? null : tableOf(entry)] as const),
  );
  return putTables(text, upstreamTable, tables);
}

function tableOf(entry: UpstreamEntry): Readonly<Record<string, FormatValue | undefined>> {
  return {
    source: entry.source,
    ref: entry.ref ?? undefined,
    version: entry.range ?? undefined,
    path: entry.path === "" ? undefined : entry.path,
    files: entry.files.length === 0 ? undefined : entry.files,
    pin: entry.pin ?? undefined,
    ignore: entry.ignore ?? undefined,
  };
}
