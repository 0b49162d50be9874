import { parse, TomlError } from "smol-toml";
import type { LayoutEntry } from "./document-layout.ts";
import { formatDocument, type Grammar, type OpenedText } from "./edit-text.ts";
import type { FormatDocument, ParseResult } from "./format-value.ts";
import { guardedParse, isRecord, nestingDepthMax } from "./format-value.ts";
import { byteOrderMark } from "./text-shape.ts";
import { tomlSplices } from "./toml-splice.ts";
import { readTomlTree, type TomlMember, type TomlPath, type TomlSection } from "./toml-tree.ts";

/**
 * TOML. Integers beyond 2^53 are read as bigint, dates as `Date` (with smol-toml's knowledge of local ones).
 *
 * Edits are splices by the positions in toml-patch's syntax tree, and smol-toml, an independent parser,
 * reads each result. toml-patch's own `patch` is not used: next to `[servers.a]` it adds `servers.b` as
 * a dotted key of the root, in an inline table with a trailing comma, which TOML 1.0 forbids.
 */
export const tomlDocument: FormatDocument = formatDocument({
  open: openToml,
  comments: "hash",
  emptyMapsVanish: true,
} satisfies Grammar);

function openToml(text: string): OpenedText {
  let read: readonly TomlSection[] | null = null;
  const sections = () => {
    read ??= readTomlTree(text);
    return read;
  };
  return {
    ...parseToml(text),
    splices: (edit) => tomlSplices(text, sections(), edit),
    entries: () => sections().flatMap((section) => [...sectionEntries(section)]),
  };
}

function parseToml(text: string): ParseResult {
  return guardedParse(text, () => {
    const source = text.startsWith(byteOrderMark) ? text.slice(1) : text;
    try {
      const value = plainTables(
        parse(source, { integersAsBigInt: "asNeeded", useLegacyDate: true, maxDepth: nestingDepthMax }),
      );
      return { value, problem: null };
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      const [message = "invalid TOML"] = error.message.split("\n");
      return { value: undefined, problem: { line: error.line, column: error.column, message } };
    }
  });
}

/** Tables with an ordinary prototype, as the other formats give them. */
function plainTables(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainTables);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plainTables(child)]));
}

function* sectionEntries({ path, header, keys }: TomlSection): Generator<LayoutEntry> {
  if (header !== null) yield { path, ...header, keyEnd: header.end, scalar: null };
  for (const key of keys) yield* memberEntries(key, []);
}

function* memberEntries({ names, start, end, value }: TomlMember, parent: TomlPath): Generator<LayoutEntry> {
  const path = [...parent, ...names];
  const scalar = value.members === null ? { start: value.start, end: value.end } : null;
  yield { path, start, keyEnd: value.start, end, scalar };
  for (const member of value.members ?? []) yield* memberEntries(member, path);
}
