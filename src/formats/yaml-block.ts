/** Where the entries of block maps and block lists stand in a text, and what an entry's text is. */

import { type CST, isScalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { FormatValue } from "./format-value.ts";
import { lineStartOf, trimmedEnd } from "./splice.ts";
import { textShape } from "./text-shape.ts";
import { renderFlowYaml, renderYaml, type YamlStyle } from "./yaml-write.ts";

/** One `key: value` or `- value` of a block collection; offsets in UTF-16 units. */
export interface BlockEntry {
  readonly start: number;
  /** Behind the `:` or `-`. */
  readonly indicatorEnd: number;
  /** The end of the value, or of the indicator where there is no value; no white space before it. */
  readonly end: number;
  /** A comment between the indicator and the value, on the indicator's line. */
  readonly comment: string;
}

export interface BlockEntries {
  /** The column of the keys or dashes, as blanks. */
  readonly indent: string;
  readonly entries: readonly BlockEntry[];
}

/** Null for what is written in an unusual way (`? key`, an entry without its indicator). */
export function blockEntries(text: string, node: YAMLMap | YAMLSeq): BlockEntries | null {
  const token = node.srcToken;
  if (token?.type !== "block-map" && token?.type !== "block-seq") return null;
  const entries: BlockEntry[] = [];
  for (const [index, item] of node.items.entries()) {
    const source = token.items[index];
    if (source === undefined) return null;
    const entry = token.type === "block-map" ? mapEntry(text, source, item) : listEntry(text, source, item);
    if (entry === null) return null;
    entries.push(entry);
  }
  const first = entries[0];
  if (first === undefined) return null;
  return { indent: " ".repeat(first.start - lineStartOf(text, first.start)), entries };
}

type CollectionItem = CST.BlockMap["items"][number] | CST.BlockSequence["items"][number];

function mapEntry(text: string, source: CollectionItem, item: unknown): BlockEntry | null {
  const tokens = source.sep ?? [];
  const colon = tokens.findIndex(({ type }) => type === "map-value-ind");
  const indicator = tokens[colon];
  const key = source.key;
  if (indicator === undefined || key === null || key === undefined) return null;
  if (source.start.some(({ type }) => type === "explicit-key-ind" || type === "anchor" || type === "tag"))
    return null;
  const value = typeof item === "object" && item !== null && "value" in item ? item.value : null;
  return entryAt(text, key.offset, indicator.offset + 1, tokens.slice(colon + 1), value);
}

function listEntry(text: string, source: CollectionItem, item: unknown): BlockEntry | null {
  const dash = source.start.findIndex(({ type }) => type === "seq-item-ind");
  const indicator = source.start[dash];
  if (indicator === undefined) return null;
  return entryAt(text, indicator.offset, indicator.offset + 1, source.start.slice(dash + 1), item);
}

function entryAt(
  text: string,
  start: number,
  indicatorEnd: number,
  between: readonly CST.SourceToken[],
  value: unknown,
): BlockEntry {
  const newline = between.findIndex(({ type }) => type === "newline");
  const comment = between
    .slice(0, newline < 0 ? between.length : newline)
    .find((token) => token.type === "comment");
  const range = rangeOf(value);
  const isEmpty = range === null || range[0] === range[1];
  const lastProperty = between.findLast(({ type }) => type === "anchor" || type === "tag");
  const bareEnd = Math.max(
    indicatorEnd,
    comment === undefined ? 0 : comment.offset + comment.source.length,
    lastProperty === undefined ? 0 : lastProperty.offset + lastProperty.source.length,
  );
  const end = isEmpty ? bareEnd : Math.max(bareEnd, trimmedEnd(text, indicatorEnd, range[1]));
  return { start, indicatorEnd, end, comment: comment?.source ?? "" };
}

export function rangeOf(value: unknown): readonly [number, number, number] | null {
  if (typeof value !== "object" || value === null || !("range" in value)) return null;
  const range = value.range;
  return Array.isArray(range) && typeof range[0] === "number" ? [range[0], range[1], range[2]] : null;
}

/**
 * The text behind the `:` or `-` of an entry at `indent`, beginning with the blank or line break.
 * `comment` stays at the end of its first line. There is no line end at the end.
 */
export function renderBehindIndicator(
  text: string,
  value: FormatValue,
  indent: string,
  style: YamlStyle,
  comment = "",
  indicator: ":" | "-" = ":",
): string {
  const rendered = style.flow
    ? ` ${renderFlowYaml(value, style)}\n`
    : indicator === ":"
      ? renderYaml({ k: value }, style).slice("k:".length)
      : renderYaml([value], { ...style, indentWidth: 2 }).slice("-".length);
  const [first = "", ...rest] = rendered.slice(0, -1).split("\n");
  const head = comment === "" ? first : `${first} ${comment}`;
  return [head, ...rest.map((line) => (line === "" ? "" : indent + line))].join(textShape(text).lineEnd);
}

export function scalarQuotes(node: unknown): YamlStyle["quotes"] {
  if (!isScalar(node)) return undefined;
  return node.type === "QUOTE_SINGLE" || node.type === "QUOTE_DOUBLE" ? node.type : undefined;
}
