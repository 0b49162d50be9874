/**
 * MCP servers between the canonical file and one runtime's form.
 *
 * Invariants, as of every adapter: parsing what was rendered gives the canonical bytes back; what a runtime
 * cannot express is no difference, so it stays in the canonical file whatever is taken in.
 */
import { type McpServer, mcpServerFields, readMcpServer } from "../../artifacts/mcp-server.ts";
import { regularMode } from "../../domain/files.ts";
import {
  type EditResult,
  type FormatValue,
  isRecord,
  type KeyEdit,
  sameValue,
} from "../../formats/format-value.ts";
import { jsoncDocument, writeJson } from "../../formats/jsonc-document.ts";
import { decodeText, encodeText } from "../../formats/text-shape.ts";
import type {
  ArtifactAdapter,
  FileContent,
  ParseInput,
  Parsing,
  RenderInput,
  Rendering,
} from "../adapters/adapter.ts";
import { decodeKeyValue, encodeKeyValue, formatValue } from "../settings/key-value.ts";
import { readServer } from "./read-server.ts";
import { dialectFields, type ServerDialect } from "./server-dialect.ts";
import { type NamedServer, writeServer } from "./write-server.ts";

/** @param dialectOf the dialect of the file that a value lies in: one runtime may have several. */
export function serverAdapter(dialectOf: (targetPath: string) => ServerDialect): ArtifactAdapter {
  return {
    render: (input) => render(input, dialectOf),
    parse: (input) => parse(input, dialectOf),
    // Values are compared by their bytes: equal ones have equal bytes.
    meaning: () => null,
    hasMeaning: () => false,
    keepsMode: false,
  };
}

function render(
  { artifact, files, targetPath }: RenderInput,
  dialectOf: (path: string) => ServerDialect,
): Rendering {
  const [first] = files;
  if (first === undefined) return { outcome: "blocked", why: "there is no file" };
  const [path, content] = first;
  const canonical = readCanonical(artifact.name, content);
  if (typeof canonical === "string") return { outcome: "blocked", why: canonical };
  const target = targetPath(path);
  const written = writeServer(canonical.named, dialectOf(target));
  if (written.outcome === "blocked") return written;
  const file = { bytes: encodeKeyValue(written.fields), mode: regularMode };
  const rendered = new Map([[target, file]]);
  return { outcome: "rendered", files: rendered, fresh: rendered, dropped: written.dropped };
}

interface Canonical {
  readonly text: string;
  readonly named: NamedServer;
}

function readCanonical(name: string, { bytes }: FileContent): Canonical | string {
  const text = decodeText(bytes);
  if (text === null) return "it is not UTF-8 text";
  const { value, problem } = jsoncDocument.parse(text);
  if (problem !== null) return `it is not valid JSON (line ${problem.line}: ${problem.message})`;
  const read = readMcpServer(value);
  if (read.outcome === "problem") return read.why;
  return { text, named: { name, server: read.server, more: read.more } };
}

/** Takes each target file's edits in, one after the other: only fields that say something else than before. */
function parse(
  { artifact, files, previous, canonicalPath }: ParseInput,
  dialectOf: (path: string) => ServerDialect,
): Parsing {
  const [before] = previous.values();
  let text = before === undefined ? null : decodeText(before.bytes);
  const foreign: string[] = [];
  let canonical: string | null = null;
  for (const [path, content] of files) {
    canonical = canonicalPath(path);
    const dialect = dialectOf(path);
    const value = decodeKeyValue(content.bytes);
    const read = readServer(value, dialect);
    if (read.outcome === "problem") return read;
    const fields = dialectFields(dialect);
    foreign.push(...(isRecord(value) ? Object.keys(value).filter((key) => !fields.includes(key)) : []));
    const edited = text === null ? newText(read) : editedText(artifact.name, text, read, dialect);
    if (!edited.ok) return { outcome: "problem", why: edited.problem.message };
    text = edited.text;
  }
  const bytes = text === null ? null : encodeText(text);
  if (canonical === null || bytes === null) return { outcome: "problem", why: "there is nothing to take in" };
  return {
    outcome: "parsed",
    files: new Map([[canonical, { bytes, mode: before?.mode ?? regularMode }]]),
    foreign: [...new Set(foreign)],
  };
}

type Told = { readonly server: McpServer; readonly alike: Readonly<Record<string, unknown>> };

function newText({ server, alike }: Told): EditResult {
  const known = mcpServerFields.flatMap((key): [string, FormatValue][] => {
    const value = formatValue(server[key]);
    return value === undefined ? [] : [[key, value]];
  });
  return writeJson({ ...Object.fromEntries(known), ...plain(alike) });
}

function plain(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, FormatValue>> {
  const entries = Object.entries(fields).flatMap(([key, value]): [string, FormatValue][] => {
    const written = formatValue(value);
    return written === undefined ? [] : [[key, written]];
  });
  return Object.fromEntries(entries);
}

function editedText(name: string, text: string, now: Told, dialect: ServerDialect): EditResult {
  const content = { bytes: encodeText(text) ?? new Uint8Array(), mode: regularMode };
  const canonical = readCanonical(name, content);
  if (typeof canonical === "string") return newText(now);
  const written = writeServer(canonical.named, dialect);
  const was = written.outcome === "blocked" ? null : readServer(written.fields, dialect);
  // What was there could not be written there at all, so nothing of it is known to have stayed.
  if (was === null || was.outcome === "problem") return newText(now);
  return jsoncDocument.edit(text, [
    ...differences(was.server, now.server, []),
    ...differences(was.alike, now.alike, []),
  ]);
}

function isMap(key: string): boolean {
  return key === "env" || key === "headers";
}

/** The edits that lead from one to the other, entry by entry where both are maps. */
function differences(was: object, now: object, path: readonly string[]): readonly KeyEdit[] {
  const before = new Map<string, unknown>(Object.entries(was));
  const after = new Map<string, unknown>(Object.entries(now));
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key): readonly KeyEdit[] => {
    const one = before.get(key);
    const other = after.get(key);
    if (sameValue(one, other)) return [];
    if (isRecord(one) && isRecord(other)) return differences(one, other, [...path, key]);
    // An entry that the runtime cannot express is not gone because all the others are.
    if (path.length === 0 && isMap(key) && isRecord(one)) return differences(one, other ?? {}, [key]);
    return [{ path: [...path, key], value: formatValue(other) }];
  });
}
