/** The splices that set, add and remove one key of a TOML text. */

import { type BracketStyle, insertItem, removeItem } from "./bracket-list.ts";
import type { FormatValue, KeyEdit } from "./format-value.ts";
import { isWithin } from "./key-edit.ts";
import {
  applySplices,
  indentAt,
  lineEndOf,
  lineStartOf,
  mergedRemovals,
  nextLineOf,
  removeLines,
  type Splice,
  trimmedEnd,
} from "./splice.ts";
import { byteOrderMark, textShape } from "./text-shape.ts";
import {
  bracketListOf,
  readTomlTree,
  type TomlMember,
  type TomlNode,
  type TomlPath,
  type TomlSection,
} from "./toml-tree.ts";
import {
  inlineToml,
  isTable,
  isTableList,
  renderSections,
  renderTable,
  type TomlStyle,
  tomlKey,
  tomlKeyPath,
  tomlValue,
  unsupportedInToml,
} from "./toml-write.ts";

type Splices = readonly Splice[] | string;
type Sections = readonly TomlSection[];

const unusual = "it is written in a way that is only read, not edited";

export function tomlSplices(text: string, sections: Sections, { path, value }: KeyEdit): Splices {
  if (value === undefined) return removal(text, sections, path);
  const reason = unsupportedInToml(value);
  if (reason !== null) return reason;
  const found = findMember(sections, path);
  if (found !== null) return [replacement(text, found, value)];
  if (!isDefined(sections, path)) return insertion(text, sections, path, value);
  // A table in sections has no one place; its text goes, and the new value is put like any new one.
  const removed = removal(text, sections, path);
  if (typeof removed === "string") return removed;
  const without = applySplices(text, removed);
  const inserted = insertion(without, readTomlTree(without), path, value);
  if (typeof inserted === "string") return inserted;
  return [{ start: 0, end: text.length, text: applySplices(without, inserted) }];
}

interface FoundMember {
  readonly member: TomlMember;
  /** The inline table or list that holds it; null for a key on a line of its own. */
  readonly holder: TomlNode | null;
}

function findMember(sections: Sections, path: TomlPath): FoundMember | null {
  for (const { keys } of sections) {
    const found = findAmong(keys, null, path);
    if (found !== null) return found;
  }
  return null;
}

function findAmong(
  members: readonly TomlMember[],
  holder: TomlNode | null,
  path: TomlPath,
): FoundMember | null {
  for (const member of members) {
    if (!isWithin(path, member.names)) continue;
    const rest = path.slice(member.names.length);
    if (rest.length === 0) return { member, holder };
    const found = findAmong(member.value.members ?? [], member.value, rest);
    if (found !== null) return found;
  }
  return null;
}

interface Holder {
  readonly node: TomlNode;
  /** The path's rest, which the holder's members continue: several names where a member's key is dotted. */
  readonly rest: TomlPath;
}

/** The innermost inline table or list on the way to `path`. */
function holderOf(sections: Sections, path: TomlPath): Holder | null {
  let found: Holder | null = null;
  let members: readonly TomlMember[] | null = sections.flatMap(({ keys }) => keys);
  let rest = path;
  while (members !== null) {
    const member: TomlMember | undefined = members.find(
      ({ names }) => names.length < rest.length && isWithin(rest, names),
    );
    if (member === undefined) break;
    rest = rest.slice(member.names.length);
    members = member.value.members;
    found = { node: member.value, rest };
  }
  return found;
}

function isDefined(sections: Sections, path: TomlPath): boolean {
  const holder = holderOf(sections, path);
  if (holder !== null) return membersWithin(holder).length > 0;
  return sections.some(
    (section) => isWithin(section.path, path) || section.keys.some((key) => isWithin(key.names, path)),
  );
}

function membersWithin({ node, rest }: Holder): readonly TomlMember[] {
  return (node.members ?? []).filter(({ names }) => isWithin(names, rest));
}

function styleOf(text: string): TomlStyle {
  const { lineEnd } = textShape(text);
  return { lineEnd, multilineStrings: lineEnd === "\n" };
}

function bracketStyle(text: string): BracketStyle {
  return { comments: "hash", lineEnd: styleOf(text).lineEnd, indentUnit: "  ", spreadWhenEmpty: false };
}

function replacement(text: string, { member, holder }: FoundMember, value: FormatValue): Splice {
  const { start, end } = member.value;
  const old = text.slice(start, end);
  let rendered = holder === null ? tomlValue(value, styleOf(text)) : inlineToml(value);
  // A float stays one: a reader that is strict about types would refuse the integer.
  if (/^[+-]?[\d_]+(\.|[eE])/.test(old) && /^-?\d+$/.test(rendered)) rendered += ".0";
  return { start, end, text: rendered };
}

function removal(text: string, sections: Sections, path: TomlPath): Splices {
  const holder = holderOf(sections, path);
  if (holder !== null) {
    const [member, ...others] = membersWithin(holder);
    // Several dotted keys: their splices could meet, and nobody writes that.
    if (member === undefined || others.length > 0) return unusual;
    const index = holder.node.members?.indexOf(member) ?? -1;
    return removeItem(text, bracketListOf(holder.node), bracketStyle(text), index);
  }
  const gone = (section: TomlSection) => section.header !== null && isWithin(section.path, path);
  const keys = sections.filter((section) => !gone(section)).flatMap((section) => section.keys);
  const splices = keys
    .filter((key) => isWithin(key.names, path))
    .map((key) => removeLines(text, key.start, key.end))
    .concat(sectionRuns(text, sections.filter(gone)).map(([start, end]) => removeSections(text, start, end)));
  return splices.length === 0
    ? "it is written in a way that is only read, not edited"
    : mergedRemovals(splices);
}

/**
 * From a header to its last key, sections that follow each other as one. Comments behind the last key may
 * belong to the next section and stay.
 */
function sectionRuns(text: string, sections: Sections): readonly (readonly [start: number, end: number])[] {
  const runs: [number, number][] = [];
  for (const section of sections) {
    const start = section.header?.start ?? 0;
    const run = runs.at(-1);
    if (run !== undefined && text.slice(lineEndOf(text, run[1]), start).trim() === "")
      run[1] = contentEnd(section);
    else runs.push([start, contentEnd(section)]);
  }
  return runs;
}

function removeSections(text: string, from: number, to: number): Splice {
  const lines = removeLines(text, from, to);
  if (lines.end === text.length && !text.endsWith("\n"))
    return { ...lines, start: trimmedEnd(text, 0, lines.start) };
  const lineBefore = lines.start === 0 ? 0 : lineStartOf(text, lines.start - 1);
  if (text.slice(lineBefore, lines.start).trim() !== "") return lines;
  // Of the empty lines before and behind the section one is enough, and none at the end of the text.
  if (lines.end === text.length) return { ...lines, start: lineBefore };
  const isEmptyBehind = lineEndOf(text, lines.end) === lines.end;
  return isEmptyBehind ? { ...lines, end: nextLineOf(text, lines.end) } : lines;
}

function contentEnd(section: TomlSection): number {
  return section.keys.at(-1)?.end ?? section.header?.end ?? 0;
}

function insertion(text: string, sections: Sections, path: TomlPath, value: FormatValue): Splices {
  const parent = path.slice(0, -1);
  const segment = path.at(-1);
  if (segment === undefined) return "the whole document is edited by its keys";
  const holder = holderOf(sections, path);
  if (holder !== null) return insertInline(text, holder, value);
  const names = path.filter((name) => typeof name === "string");
  const style = styleOf(text);
  if (typeof segment === "number") {
    if (!isTable(value)) return "a list of tables holds tables only";
    return [appendSections(text, sections, parent, renderTable(names, value, "list item", style))];
  }
  const dotted = sections.flatMap((section) =>
    section.keys
      .filter((key) => isWithin(key.names, parent) && section.path.length < parent.length)
      .map((key) => ({ key, section })),
  );
  const lastDotted = dotted.at(-1);
  if (lastDotted !== undefined) {
    const relative = path.slice(lastDotted.section.path.length).map(String);
    return [addLine(text, lastDotted.key, `${tomlKeyPath(relative)} = ${tomlValue(value, style)}`)];
  }
  if (isTable(value) || isTableList(value)) {
    return [appendSections(text, sections, parent, renderSections(names, value, style))];
  }
  const line = `${tomlKey(segment)} = ${tomlValue(value, style)}`;
  const section = sections.find((candidate) => samePath(candidate.path, parent));
  if (section === undefined) {
    const table = renderTable(names.slice(0, -1), { [segment]: value }, "table", style);
    return [appendSections(text, sections, parent, table)];
  }
  const last = section.keys.at(-1) ?? section.header;
  return [last === null ? firstRootKey(text, line) : addLine(text, last, line)];
}

function samePath(one: TomlPath, other: TomlPath): boolean {
  return one.length === other.length && isWithin(one, other);
}

function insertInline(text: string, { node, rest }: Holder, value: FormatValue): Splices {
  if (node.members === null) return "its parent is neither a table nor a list";
  const key = node.isInlineTable ? `${tomlKeyPath(rest.map(String))} = ` : "";
  const splices = insertItem(text, bracketListOf(node), bracketStyle(text), () => key + inlineToml(value));
  const isEmptyTable = node.isInlineTable && node.members.length === 0;
  return isEmptyTable ? splices.map((splice) => ({ ...splice, text: ` ${splice.text} ` })) : splices;
}

/** A line behind that of a key or header, with its indentation. */
function addLine(
  text: string,
  after: { readonly start: number; readonly end: number },
  line: string,
): Splice {
  const end = lineEndOf(text, after.end);
  return { start: end, end, text: styleOf(text).lineEnd + indentAt(text, after.start) + line };
}

/** At the top, behind a comment that an empty line parts from what follows (a licence, a schema). */
function firstRootKey(text: string, line: string): Splice {
  const { lineEnd } = styleOf(text);
  const begin = text.startsWith(byteOrderMark) ? 1 : 0;
  const heading = /^(?:[ \t]*#[^\n]*\n)+[ \t]*\r?\n/.exec(text.slice(begin))?.[0] ?? "";
  const start = begin + heading.length;
  return { start, end: start, text: line + lineEnd + (start < text.length ? lineEnd : "") };
}

/** Puts sections behind the last one within `parent`; they begin with an empty line. */
function appendSections(text: string, sections: Sections, parent: TomlPath, rendered: string): Splice {
  const { lineEnd } = styleOf(text);
  const lastIndex = sections.findLastIndex((section) => isWithin(section.path, parent));
  const last = sections[lastIndex];
  const isEnd = last === undefined || lastIndex === sections.length - 1;
  const start = isEnd ? text.length : nextLineOf(text, contentEnd(last));
  const before = text.slice(0, start);
  const withoutEmptyLine = rendered.replace(/^\r?\n/, "");
  const needsNoEmptyLine = before === "" || before === byteOrderMark || /\n\r?\n$/.test(before);
  if (needsNoEmptyLine) return { start, end: start, text: withoutEmptyLine };
  if (before.endsWith("\n")) return { start, end: start, text: rendered };
  // A text without final newline stays without.
  return { start, end: start, text: lineEnd + rendered.slice(0, -lineEnd.length) };
}
