import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { type BracketList, type BracketStyle, insertItem, removeItem } from "./bracket-list.ts";
import type { LayoutEntry } from "./document-layout.ts";
import { formatDocument, type Grammar, type OpenedText } from "./edit-text.ts";
import type { EditResult, FormatDocument, FormatValue, KeyEdit } from "./format-value.ts";
import { guardedParse, problemAt, refused, sameValue } from "./format-value.ts";
import { indentAt, type Splice } from "./splice.ts";
import { byteOrderMark, indentUnit, textShape } from "./text-shape.ts";

type Path = KeyEdit["path"];

/**
 * JSON with comments and trailing commas.
 *
 * Edits are splices by the offsets of jsonc-parser's tree. Its own `modify` is not used: it moves a line's
 * comment to the item that is added behind it, and removes the comments in front of the next item.
 */
export const jsoncDocument: FormatDocument = formatDocument({
  open: openJsonc,
  comments: "slash",
  emptyMapsVanish: false,
} satisfies Grammar);

function openJsonc(text: string): OpenedText {
  let tree: Node | undefined;
  const result = guardedParse(text, () => {
    const { root, errors } = readTree(text);
    const error = errors[0];
    if (root === undefined || error !== undefined) {
      const message = error === undefined ? "no value" : printParseErrorCode(error.error);
      return { value: undefined, problem: problemAt(text, error?.offset ?? 0, message) };
    }
    tree = root;
    return { value: jsonValue(root), problem: null };
  });
  return {
    ...result,
    splices: (edit) => (tree === undefined ? "the text does not parse" : jsonSplices(text, tree, edit)),
    entries: () => (tree === undefined ? [] : [...jsonEntries(tree, [])]),
  };
}

function readTree(text: string): { root: Node | undefined; errors: readonly ParseError[] } {
  const errors: ParseError[] = [];
  // A blank in the place of the BOM keeps every offset.
  const source = text.startsWith(byteOrderMark) ? ` ${text.slice(1)}` : text;
  return { root: parseTree(source, errors, { allowTrailingComma: true }), errors };
}

/** Own properties only: the library's evaluation would take a key `__proto__` for the prototype. */
function jsonValue(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(jsonValue);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(
    properties(node).map(({ key, value }) => [key, value === undefined ? undefined : jsonValue(value)]),
  );
}

interface Property {
  readonly key: string;
  readonly node: Node;
  readonly value: Node | undefined;
}

function properties(node: Node): readonly Property[] {
  return (node.children ?? []).map((property) => ({
    key: String(property.children?.[0]?.value),
    node: property,
    value: property.children?.[1],
  }));
}

function* jsonEntries(node: Node, path: Path): Generator<LayoutEntry> {
  if (node.type === "object") {
    for (const { key, node: property, value } of properties(node)) {
      const keyNode = property.children?.[0];
      if (keyNode === undefined || value === undefined) continue;
      yield jsonEntry(property, keyNode.offset + keyNode.length, value, [...path, key]);
      yield* jsonEntries(value, [...path, key]);
    }
  } else if (node.type === "array") {
    for (const [index, item] of (node.children ?? []).entries()) {
      yield jsonEntry(item, item.offset, item, [...path, index]);
      yield* jsonEntries(item, [...path, index]);
    }
  } else if (path.length === 0) {
    yield jsonEntry(node, node.offset, node, path);
  }
}

function jsonEntry(whole: Node, keyEnd: number, value: Node, path: Path): LayoutEntry {
  const isScalar = value.type !== "object" && value.type !== "array";
  const scalar = isScalar ? { start: value.offset, end: value.offset + value.length } : null;
  return { path, start: whole.offset, keyEnd, end: whole.offset + whole.length, scalar };
}

function jsonSplices(text: string, root: Node, { path, value }: KeyEdit): readonly Splice[] | string {
  const parent = findNode(root, path.slice(0, -1));
  if (parent === undefined) return "a key on the way to it is missing or written twice";
  const segment = path.at(-1);
  if (segment === undefined) return replaceNode(text, root, value);
  const list: BracketList = {
    open: parent.offset + 1,
    close: parent.offset + parent.length - 1,
    items: (parent.children ?? []).map(({ offset, length }) => ({ start: offset, end: offset + length })),
  };
  const style = bracketStyle(text);
  const index = itemIndex(parent, segment);
  if (typeof index === "string") return index;
  if (index < list.items.length) {
    if (value === undefined) return removeItem(text, list, style, index);
    const target = parent.type === "object" ? properties(parent)[index]?.value : parent.children?.[index];
    return target === undefined ? "it has no value" : replaceNode(text, target, value);
  }
  if (value === undefined) return [];
  const key = parent.type === "object" ? `${JSON.stringify(segment)}: ` : "";
  return insertItem(text, list, style, (indent) => key + renderJson(value, indent, style));
}

function bracketStyle(text: string): BracketStyle {
  return {
    comments: "slash",
    lineEnd: textShape(text).lineEnd,
    indentUnit: indentUnit(text),
    spreadWhenEmpty: true,
  };
}

function findNode(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const segment of path) {
    if (node === undefined) return undefined;
    const index = itemIndex(node, segment);
    if (typeof index === "string") return undefined;
    node = node.type === "object" ? properties(node)[index]?.value : node.children?.[index];
  }
  return node;
}

/** The position among the node's children; their number for what is not there yet. */
function itemIndex(node: Node, segment: string | number): number | string {
  const count = node.children?.length ?? 0;
  if (node.type === "array" && typeof segment === "number") return Math.min(segment, count);
  if (node.type !== "object" || typeof segment === "number") return "its parent does not hold such a key";
  const keys = properties(node).map(({ key }) => key);
  const index = keys.indexOf(segment);
  if (index !== keys.lastIndexOf(segment)) return "the key is written twice";
  return index < 0 ? count : index;
}

function replaceNode(text: string, node: Node, value: FormatValue | undefined): readonly Splice[] | string {
  if (value === undefined) return "the whole document cannot be removed";
  const end = node.offset + node.length;
  const isContainer = node.type === "object" || node.type === "array";
  const wasOneLine = isContainer && node.length > 2 && !text.slice(node.offset, end).includes("\n");
  const indent = wasOneLine ? null : indentAt(text, node.offset);
  return [{ start: node.offset, end, text: renderJson(value, indent, bracketStyle(text)) }];
}

/** Spread over lines behind `indent`; on one line for null. */
function renderJson(value: FormatValue, indent: string | null, style: BracketStyle): string {
  const compact = JSON.stringify(value);
  if (indent === null) return compact;
  return JSON.stringify(value, null, style.indentUnit).replaceAll("\n", () => style.lineEnd + indent);
}

/** A new JSON file: two spaces of indentation, a final newline. Refused for what JSON cannot hold (NaN, infinity). */
export function writeJson(value: FormatValue): EditResult {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (!sameValue(jsoncDocument.parse(text).value, value)) return refused("JSON cannot hold this value");
  return { ok: true, text };
}
