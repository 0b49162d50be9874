import { isMap, isPair, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from "yaml";
import { formatDocument, type Grammar, type SourceLeaf } from "./edit-text.ts";
import type { FormatDocument, KeyEdit } from "./format-value.ts";
import type { Splice } from "./splice.ts";
import { rangeOf } from "./yaml-block.ts";
import { keyName, pairIndex, parseYaml, readYaml } from "./yaml-parse.ts";
import { appendEntry, removeEntry, replaceDocument, replaceEntry } from "./yaml-splice.ts";

type Path = KeyEdit["path"];

/**
 * One YAML 1.2 document.
 *
 * Edits are splices by the offsets of the library's tree. Its own `toString` is not used: it changes
 * indentation, blanks before comments and inside brackets, and folds, on lines that nobody edited.
 */
export const yamlDocument: FormatDocument = formatDocument({
  parse: parseYaml,
  splices: yamlSplices,
  leaves: (text) => yamlLeaves(text, readYaml(text).contents, []),
  emptyMapsVanish: false,
} satisfies Grammar);

function yamlLeaves(text: string, node: unknown, path: Path): readonly SourceLeaf[] {
  if (isMap(node)) {
    return node.items.flatMap(({ key, value }) => {
      const name = keyName(key);
      return name === null ? [] : yamlLeaves(text, value, [...path, name]);
    });
  }
  if (isSeq(node)) return node.items.flatMap((item, index) => yamlLeaves(text, item, [...path, index]));
  if (isPair(node)) return [];
  const range = rangeOf(node);
  if (range === null) return [];
  const source = text.slice(range[0], range[1]);
  // A block scalar's range takes in the line ends behind it, which come and go with the next key.
  const isBlock = isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
  return [{ path, source: isBlock ? source.trimEnd() : source }];
}

function yamlSplices(text: string, edit: KeyEdit): readonly Splice[] | string {
  const { contents } = readYaml(text);
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
    return yamlSplices(text, { path: edit.path.slice(0, -1), value: isMap(parent) ? {} : [] });
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
