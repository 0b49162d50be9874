/** The splices that set, add and remove one entry of a YAML map or list. */

import { isCollection, isPair, isScalar, type ParsedNode, type YAMLMap, type YAMLSeq } from "yaml";
import { type BracketList, type BracketStyle, insertItem, removeItem } from "./bracket-list.ts";
import type { FormatValue } from "./format-value.ts";
import { beginsLine, lineEndOf, nextLineOf, removeLines, type Splice, skipBlanks } from "./splice.ts";
import { textShape } from "./text-shape.ts";
import { type BlockEntry, blockEntries, rangeOf, renderBehindIndicator, scalarQuotes } from "./yaml-block.ts";
import { newFileStyle, renderFlowYaml, renderYaml, type YamlStyle } from "./yaml-write.ts";

type Splices = readonly Splice[] | string;

const unusual = "it is written in a way that is only read, not edited";

export function replaceEntry(
  text: string,
  parent: YAMLMap | YAMLSeq,
  index: number,
  value: FormatValue,
): Splices {
  const item = parent.items[index];
  const old = isPair(item) ? item.value : item;
  const style = styleFor(text, old);
  if (parent.flow === true) {
    const range = rangeOf(old);
    if (range === null || range[0] === range[1]) return unusual;
    return [{ start: range[0], end: range[1], text: renderFlowYaml(value, style) }];
  }
  const block = blockEntries(text, parent);
  const entry = block?.entries[index];
  if (block === null || entry === undefined) return unusual;
  // At the end of a text without final newline a block scalar would lose its own.
  const blockScalars = style.blockScalars && lineEndOf(text, entry.end) < text.length;
  const render = (comment: string) =>
    renderBehindIndicator(text, value, block.indent, { ...style, blockScalars }, comment);
  const rendered = render(entry.comment);
  const lineEnd = lineEndOf(text, entry.end);
  const trailing = text.slice(entry.end, lineEnd).trim();
  if (trailing === "" || !rendered.includes("\n")) {
    return [{ start: entry.indicatorEnd, end: entry.end, text: rendered }];
  }
  // A comment behind the last of several lines could become part of the text, so it moves to the first.
  return [{ start: entry.indicatorEnd, end: lineEnd, text: render(`${entry.comment} ${trailing}`.trim()) }];
}

function styleFor(text: string, old: unknown): YamlStyle {
  const indentWidth = indentWidthOf(text);
  if (!isCollection(old)) return { ...newFileStyle, indentWidth, quotes: scalarQuotes(old) };
  return { ...newFileStyle, indentWidth, flow: old.flow === true && old.items.length > 0 };
}

/** The first indented line's width, unless it is one that YAML's writer does not offer. */
function indentWidthOf(text: string): number {
  const width = /^( +)[^\s#]/m.exec(text)?.[1]?.length ?? 2;
  return width <= 8 ? width : 2;
}

export function appendEntry(
  text: string,
  parent: YAMLMap | YAMLSeq,
  segment: string | number,
  value: FormatValue,
): Splices {
  const style = { ...newFileStyle, indentWidth: indentWidthOf(text) };
  if (parent.flow === true) {
    const list = bracketList(parent);
    if (list === null) return unusual;
    const key = typeof segment === "string" ? `${renderFlowKey(segment)}: ` : "";
    return insertItem(text, list, bracketStyle(text), () => key + renderFlowYaml(value, style));
  }
  const block = blockEntries(text, parent);
  const last = block?.entries.at(-1);
  if (block === null || last === undefined) return unusual;
  const indicator = typeof segment === "string" ? ":" : "-";
  const key = typeof segment === "string" ? renderKey(segment) : "";
  const behind = renderBehindIndicator(text, value, block.indent, style, "", indicator);
  const rendered = block.indent + key + indicator + behind;
  return [insertLine(text, behindLast(text, parent, last), rendered)];
}

function renderKey(name: string): string {
  return renderYaml({ [name]: 0 }, newFileStyle).slice(0, -": 0\n".length);
}

function renderFlowKey(name: string): string {
  return renderFlowYaml({ [name]: 0 }, newFileStyle).slice("{".length, -": 0}".length);
}

/** The blank lines at the end of a `|+` scalar are part of it; elsewhere a new entry goes in front of them. */
function behindLast(text: string, parent: YAMLMap | YAMLSeq, last: BlockEntry): number {
  const item = parent.items.at(-1);
  const value = isPair(item) ? item.value : item;
  const range = rangeOf(value);
  const keepsLines = isScalar(value) && range !== null && /^[|>]\d?\+/.test(text.slice(range[0], range[1]));
  return keepsLines ? range[1] : nextLineOf(text, last.end);
}

/** Puts a line (without its line end) at `offset`, which begins a line or ends the text. */
function insertLine(text: string, offset: number, line: string): Splice {
  const { lineEnd } = textShape(text);
  const afterLine = offset === 0 || text[offset - 1] === "\n" || text.slice(0, offset) === "\uFEFF";
  return { start: offset, end: offset, text: afterLine ? line + lineEnd : lineEnd + line };
}

export function removeEntry(text: string, parent: YAMLMap | YAMLSeq, index: number): Splices {
  if (parent.flow === true) {
    const list = bracketList(parent);
    return list === null ? unusual : removeItem(text, list, bracketStyle(text), index);
  }
  const entry = blockEntries(text, parent)?.entries[index];
  if (entry === undefined) return unusual;
  if (beginsLine(text, entry.start)) return [removeLines(text, entry.start, entry.end)];
  // The first key behind a dash: the next one moves up, if nothing stands between them.
  const next = skipBlanks(text, nextLineOf(text, entry.end));
  const nextStart = blockEntries(text, parent)?.entries[index + 1]?.start;
  return next === nextStart ? [{ start: entry.start, end: next, text: "" }] : unusual;
}

function bracketStyle(text: string): BracketStyle {
  return { comments: "hash", lineEnd: textShape(text).lineEnd, indentUnit: "  ", spreadWhenEmpty: false };
}

function bracketList(node: YAMLMap | YAMLSeq): BracketList | null {
  const token = node.srcToken;
  const close = token?.type === "flow-collection" ? token.end[0]?.offset : undefined;
  if (token?.type !== "flow-collection" || close === undefined) return null;
  const items: { start: number; end: number }[] = [];
  for (const item of node.items) {
    const first = rangeOf(isPair(item) ? item.key : item);
    const last = isPair(item) && item.value !== null ? rangeOf(item.value) : first;
    if (first === null || last === null) return null;
    items.push({ start: first[0], end: Math.max(first[1], last[1]) });
  }
  return { open: token.start.offset + 1, close, items };
}

/** Writes a whole value into a document: in the place of its contents, or at the end where there are none. */
export function replaceDocument(
  text: string,
  contents: ParsedNode | null,
  value: FormatValue | undefined,
): Splices {
  if (value === undefined) return "the whole document cannot be removed";
  const lineEnd = textShape(text).lineEnd;
  const rendered = renderYaml(value, { ...newFileStyle, indentWidth: indentWidthOf(text) }).slice(0, -1);
  const lines = rendered.split("\n").join(lineEnd);
  if (contents === null) return [insertLine(text, text.length, lines)];
  const [start, end] = contents.range;
  return [{ start, end, text: text.slice(start, end).endsWith("\n") ? lines + lineEnd : lines }];
}
