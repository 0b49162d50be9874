/** Where the sections, keys and values of a TOML text stand; offsets in UTF-16 units. */

import { parseDocument } from "@decimalturn/toml-patch";
import type { BracketList } from "./bracket-list.ts";
import type { KeyEdit } from "./format-value.ts";
import { isList, isRecord } from "./format-value.ts";

export type TomlPath = KeyEdit["path"];

export interface TomlNode {
  readonly start: number;
  readonly end: number;
  /** The members of an inline table or list; null for scalars. */
  readonly members: readonly TomlMember[] | null;
  readonly isInlineTable: boolean;
}

/** `names` is the dotted key, or the position in a list. */
export interface TomlMember {
  readonly names: TomlPath;
  readonly start: number;
  readonly end: number;
  readonly value: TomlNode;
}

/** `[path]`, an item of `[[path]]` (its position last in the path), or the keys before the first header. */
export interface TomlSection {
  readonly path: TomlPath;
  readonly kind: "root" | "table" | "list item";
  /** The header's line, or null for the root. */
  readonly header: { readonly start: number; readonly end: number } | null;
  /** Each with its full path as names. */
  readonly keys: readonly TomlMember[];
}

/** The sections in their order, the root first. Throws on a text that does not parse. */
export function readTomlTree(text: string): readonly TomlSection[] {
  const bomLength = text.startsWith("\uFEFF") ? 1 : 0;
  const source = text.slice(bomLength);
  const offsetOf = offsetReader(source, bomLength);
  const counts = new Map<string, number>();
  const rootKeys: TomlMember[] = [];
  const sections: TomlSection[] = [{ path: [], kind: "root", header: null, keys: rootKeys }];
  const blocks: readonly unknown[] = parseDocument(source).cst;
  for (const block of blocks) {
    const type = textOf(block, "type");
    if (type === "KeyValue") rootKeys.push(member(block, [], offsetOf));
    if (type !== "Table" && type !== "TableArray") continue;
    const header = fieldOf(block, "key");
    const names = keyNames(fieldOf(header, "item"));
    const path = sectionPath(names, type === "TableArray", counts);
    const keys = itemsOf(block).filter((item) => textOf(item, "type") === "KeyValue");
    sections.push({
      path,
      kind: type === "Table" ? "table" : "list item",
      header: { start: offsetOf(header, "start"), end: offsetOf(header, "end") },
      keys: keys.map((item) => member(item, path, offsetOf)),
    });
  }
  return sections;
}

/** A header's names lead through the last item of each list of tables on the way. */
function sectionPath(names: readonly string[], isListItem: boolean, counts: Map<string, number>): TomlPath {
  const path: (string | number)[] = [];
  for (const [index, name] of names.entries()) {
    path.push(name);
    const list = JSON.stringify(path);
    const count = counts.get(list);
    if (isListItem && index === names.length - 1) {
      counts.set(list, (count ?? 0) + 1);
      path.push(count ?? 0);
    } else if (count !== undefined) {
      path.push(count - 1);
    }
  }
  return path;
}

type OffsetOf = (node: unknown, edge: "start" | "end") => number;

function offsetReader(source: string, shift: number): OffsetOf {
  const lineStarts = [0];
  for (let newline = source.indexOf("\n"); newline >= 0; newline = source.indexOf("\n", newline + 1)) {
    lineStarts.push(newline + 1);
  }
  return (node, edge) => {
    const position = fieldOf(fieldOf(node, "loc"), edge);
    const line = lineStarts[numberOf(position, "line") - 1];
    if (line === undefined) throw new RangeError("the parser named a line that is not there");
    return line + numberOf(position, "column") + shift;
  };
}

function member(node: unknown, path: TomlPath, offsetOf: OffsetOf): TomlMember {
  return {
    names: [...path, ...keyNames(fieldOf(node, "key"))],
    start: offsetOf(node, "start"),
    end: offsetOf(node, "end"),
    value: valueNode(fieldOf(node, "value"), offsetOf),
  };
}

function valueNode(node: unknown, offsetOf: OffsetOf): TomlNode {
  const type = textOf(node, "type");
  const items = itemsOf(node)
    .map((inline) => fieldOf(inline, "item"))
    .filter((item) => textOf(item, "type") !== "Comment");
  let members: readonly TomlMember[] | null = null;
  if (type === "InlineTable") members = items.map((item) => member(item, [], offsetOf));
  if (type === "InlineArray") {
    members = items.map((item, index) => {
      const value = valueNode(item, offsetOf);
      return { names: [index], start: value.start, end: value.end, value };
    });
  }
  return {
    start: offsetOf(node, "start"),
    end: offsetOf(node, "end"),
    members,
    isInlineTable: type === "InlineTable",
  };
}

export function bracketListOf(node: TomlNode): BracketList {
  return { open: node.start + 1, close: node.end - 1, items: node.members ?? [] };
}

// The library types its tree with an enum that it does not export, so the tree is read as unknown.
function fieldOf(node: unknown, name: string): unknown {
  return isRecord(node) ? node[name] : undefined;
}

function textOf(node: unknown, name: string): string {
  return String(fieldOf(node, name));
}

function numberOf(node: unknown, name: string): number {
  const value = fieldOf(node, name);
  if (typeof value !== "number") throw new TypeError(`the parser's tree lacks "${name}"`);
  return value;
}

function itemsOf(node: unknown): readonly unknown[] {
  const items = fieldOf(node, "items");
  return isList(items) ? items : [];
}

function keyNames(key: unknown): readonly string[] {
  const names = fieldOf(key, "value");
  return isList(names) ? names.map(String) : [];
}
