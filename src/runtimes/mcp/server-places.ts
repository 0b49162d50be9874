import { type FormatValue, isRecord } from "../../formats/format-value.ts";
import type { ArtifactAdapter } from "../adapters/adapter.ts";
import { fileNamesOf } from "../settings/key-path.ts";
import { mapSlot } from "../settings/map-slot.ts";
import type { RuntimePlace, TargetScope } from "../table/runtime.ts";
import { readServer } from "./read-server.ts";
import { serverAdapter } from "./server-adapter.ts";
import { dialectFields, type ServerDialect } from "./server-dialect.ts";
import { writeServer } from "./write-server.ts";

/** A file with MCP servers: which keys lead to them, and in which dialect. */
export interface ServerFile {
  readonly scope: TargetScope;
  readonly path: string;
  readonly container: readonly string[];
  readonly dialect: ServerDialect;
  readonly evidence: RuntimePlace["evidence"];
  readonly format?: "json" | "toml" | "yaml";
  readonly alternatives?: readonly string[];
  readonly role?: RuntimePlace["role"];
  readonly note?: string;
}

/** What a runtime's entry in the table says of MCP servers. */
export interface ServerKind {
  readonly places: readonly RuntimePlace[];
  readonly adapter: ArtifactAdapter;
}

export function serverKind(files: readonly [ServerFile, ...ServerFile[]]): ServerKind {
  const places = files.map(placeOf);
  const dialectOf = (targetPath: string): ServerDialect => {
    const at = places.findIndex((place) =>
      fileNamesOf(place).some((name) => targetPath.startsWith(`${name}#`)),
    );
    return (files[at] ?? files[0]).dialect;
  };
  return { places, adapter: serverAdapter(dialectOf) };
}

function placeOf(file: ServerFile): RuntimePlace {
  const { scope, path, container, dialect, evidence, format, alternatives, role, note } = file;
  return {
    kind: "mcp",
    scope,
    path,
    role: role ?? "write",
    format: format ?? "json",
    layout: "keys",
    evidence,
    slot: mapSlot({
      container,
      fields: dialectFields(dialect),
      normal: (name, record) => normal(name, record, dialect),
      isForeign: (record) => isForeign(record, dialect),
    }),
    ...(alternatives === undefined ? {} : { alternatives }),
    ...(note === undefined ? {} : { note }),
  };
}

/** A server read and written again; one that cannot be read keeps the fields that stet writes as they are. */
function normal(name: string, record: FormatValue, dialect: ServerDialect): FormatValue {
  const read = readServer(record, dialect);
  const written =
    read.outcome === "problem" ? null : writeServer({ name, server: read.server, more: read.alike }, dialect);
  if (written?.outcome === "written" && written.dropped.length === 0) return written.fields;
  if (!isRecord(record)) return record;
  const fields = dialectFields(dialect);
  return Object.fromEntries(Object.entries(record).filter(([key]) => fields.includes(key)));
}

function isForeign(record: FormatValue, { type }: ServerDialect): boolean {
  const told = isRecord(record) && type !== null ? record[type.key] : undefined;
  return typeof told === "string" && type?.others?.includes(told) === true;
}
