import { parse, TomlError } from "smol-toml";
import { formatDocument, type Grammar, type SourceLeaf } from "./edit-text.ts";
import type { FormatDocument, ParseResult } from "./format-value.ts";
import { guardedParse, isRecord, nestingDepthMax } from "./format-value.ts";
import { byteOrderMark } from "./text-shape.ts";
import { tomlSplices } from "./toml-splice.ts";
import { readTomlTree, type TomlNode, type TomlPath } from "./toml-tree.ts";

/**
 * TOML. Integers beyond 2^53 are read as bigint, dates as `Date` (with smol-toml's knowledge of local ones).
 *
 * Edits are splices by the positions in toml-patch's syntax tree, and smol-toml, an independent parser,
 * reads each result. toml-patch's own `patch` is not used: next to `[servers.a]` it adds `servers.b` as
 * a dotted key of the root, in an inline table with a trailing comma, which TOML 1.0 forbids.
 */
export const tomlDocument: FormatDocument = formatDocument({
  parse: parseToml,
  splices: tomlSplices,
  leaves: (text) =>
    readTomlTree(text).flatMap(({ keys }) => keys.flatMap((key) => leavesOf(text, key.value, key.names))),
  emptyMapsVanish: true,
} satisfies Grammar);

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

function leavesOf(text: string, node: TomlNode, path: TomlPath): readonly SourceLeaf[] {
  if (node.members === null) return [{ path, source: text.slice(node.start, node.end) }];
  return node.members.flatMap(({ names, value }) => leavesOf(text, value, [...path, ...names]));
}
