import { isMap, isPair, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from "yaml";
import type { LayoutEntry } from "./document-layout.ts";
import { formatDocument, type Grammar, type OpenedText } from "./edit-text.ts";
import type { FormatDocument, KeyEdit } from "./format-value.ts";
import { type Splice, trimmedEnd } from "./splice.ts";
import { blockEntries, rangeOf } from "./yaml-block.ts";
import { keyName, openYaml, pairIndex } from "./yaml-parse.ts";
import { appendEntry, removeEntry, replaceDocument, replaceEntry } from "./yaml-splice.ts";

type Path = KeyEdit["path"];

/**
 * One YAML 1.2 document.
 *
 * Edits are splices by the offsets of the library's tree. Its own `toString` is not used: it changes
 * indentation, blanks before comments and inside brackets, and folds, on lines that nobody edited.
 */
export const yamlDocument: FormatDocument = formatDocument({
  open: openYamlText,
  comments: "hash",
  emptyMapsVanish: false,
} satisfies Grammar);

function openYamlText(text: string): OpenedText {
  const { document, ...result } = openYaml(text);
  const contents = document?.contents ?? null;
  return {
    ...result,
    splices: (edit) => yamlSplices(text, contents, edit),
    entries: () => [...yamlEntries(text, contents, [])],
  };
}

function* yamlEntries(text: string, node: unknown, path: Path): Generator<LayoutEntry> {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const name = keyName(key);
      const keyRange = rangeOf(key);
      if (name === null || keyRange === null) continue;
      yield yamlEntry(text, keyRange[0], keyRange[1], value, [...path, name]);
      yield* yamlEntries(text, value, [...path, name]);
    }
  } else if (isSeq(node)) {
    const block = blockEntries(text, node);
    for (const [index, item] of node.items.entries()) {
      const start = block?.entries[index]?.start ?? rangeOf(item)?.[0];
      if (start !== undefined) yield yamlEntry(text, start, start, item, [...path, index]);
      yield* yamlEntries(text, item, [...path, index]);
    }
  } else if (path.length === 0) {
    const range = rangeOf(node);
    if (range !== null) yield yamlEntry(text, range[0], range[0], node, path);
  }
}

function yamlEntry(text: string, start: number, keyEnd: number, value: unknown, path: Path): LayoutEntry {
  const range = rangeOf(value);
  const isScalarValue = !isMap(value) && !isSeq(value) && !isPair(value) && range !== null;
  if (range === null) return { path, start, keyEnd, end: keyEnd, scalar: null };
  const end = Math.max(keyEnd, trimmedEnd(text, range[0], range[1]));
  // A block scalar's range takes in the line ends behind it, which come and go with the next key.
  const isBlock = isScalar(value) && (value.type === "BLOCK_LITERAL" || value.type === "BLOCK_FOLDED");
  const scalar = isScalarValue ? { start: range[0], end: isBlock ? end : range[1] } : null;
  return { path, start, keyEnd, end, scalar };
}

function yamlSplices(text: string, contents: ParsedNode | null, edit: KeyEdit): readonly Splice[] | string {
  const segment = edit.path.at(-1);
  const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
  if (segment === undefined) return replaceDocument(text, contents, edit.value);
  if (isEmpty && typeof segment === "string" && edit.value !== undefined) {
    return replaceDocument(text, null, { [segment]: edit.value });
  }
  const parent = findNode(contents, edit.path.slice(0, -1));
  if (!isCollection(parent)) return "its parent is an alias or not a map or list";
  const count = parent.items.length;
  const index = typeof segment === "number" ? Math.min(segment, count) : positionOf(parent, segment);
  if (index === null) return "its parent is not a map";
  if (edit.value !== undefined) {
    if (index === count) return appendEntry(text, parent, segment, edit.value);
    return replaceEntry(text, parent, index, edit.value);
  }
  if (index === count) return [];
  const isBlock = parent.flow !== true;
  if (isBlock && count === 1 && edit.path.length > 1) {
    // Without its last entry a block collection would read as null.
    return yamlSplices(text, contents, { path: edit.path.slice(0, -1), value: isMap(parent) ? {} : [] });
  }
  return removeEntry(text, parent, index);
}

function positionOf(parent: YAMLMap | YAMLSeq, name: string): number | null {
  if (!isMap(parent)) return null;
  const index = pairIndex(parent, name);
  return index < 0 ? parent.items.length : index;
}

function isCollection(node: unknown): node is YAMLMap | YAMLSeq {
  return isMap(node) || isSeq(node);
}

function findNode(root: ParsedNode | null, path: Path): unknown {
  let node: unknown = root;
  for (const segment of path) {
    if (isMap(node) && typeof segment === "string") node = node.items[pairIndex(node, segment)]?.value;
    else if (isSeq(node) && typeof segment === "number") node = node.items[segment];
    else return undefined;
  }
  return node;
}
