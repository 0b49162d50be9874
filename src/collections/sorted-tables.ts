/**
 * Tables of a TOML file that are kept in the order of their names: `[upstream."skill/pdf"]`, `[artifact."skill/pdf"]`.
 *
 * - What is put where nothing was stands where its name sorts, so that two machines that add different tables touch
 *   different lines, and the same tables give the same text in whatever order they were added.
 * - What is there is edited in place: comments, unknown keys and the layout stay.
 */
import { comparePaths } from "../domain/paths.ts";
import type { LayoutEntry } from "../formats/document-layout.ts";
import { type FormatValue, isRecord, type KeyEdit } from "../formats/format-value.ts";
import { tomlDocument } from "../formats/toml-document.ts";
import { tomlKey, writeToml } from "../formats/toml-write.ts";

/** A new text, or why the edit cannot be made. */
export type TableEdit =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: string };

/**
 * Puts tables below `parent` by their names; null removes one. Of a table that is there only the keys given are set:
 * one whose value is undefined is removed, and keys that nobody named stay.
 */
export function putTables(
  text: string,
  parent: string,
  puts: ReadonlyMap<string, Readonly<Record<string, FormatValue | undefined>> | null>,
): TableEdit {
  const parsed = tomlDocument.parse(text);
  if (parsed.problem !== null)
    return { ok: false, why: `line ${parsed.problem.line}: ${parsed.problem.message}` };
  const tables = recordAt(parsed.value, parent);
  const edits: KeyEdit[] = [];
  const additions: Addition[] = [];
  for (const [name, table] of puts) {
    const present = tables[name];
    if (table === null) edits.push({ path: [parent, name], value: undefined });
    else if (!isRecord(present))
      additions.push({ path: [parent, name], text: tableText(parent, name, table) });
    else editTable([parent, name], present, table, { edits, additions });
  }
  const edited = edits.length === 0 ? ({ ok: true, text } as const) : tomlDocument.edit(text, edits);
  if (!edited.ok) return { ok: false, why: edited.problem.message };
  return { ok: true, text: inserted(edited.text, additions) };
}

interface Addition {
  readonly path: readonly string[];
  /** Null where the table cannot be written. */
  readonly text: string;
}

function editTable(
  path: readonly string[],
  present: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, FormatValue | undefined>>,
  to: { readonly edits: KeyEdit[]; readonly additions: Addition[] },
): void {
  for (const [key, value] of Object.entries(wanted)) {
    const before = present[key];
    // A table that loses every key it had would be gone before the new ones come.
    const isMap = isRecord(before) && isRecord(value);
    if (!isMap || !Object.keys(before).some((inner) => Object.hasOwn(value, inner))) {
      to.edits.push({ path: [...path, key], value });
      continue;
    }
    for (const inner of Object.keys(before)) {
      if (!Object.hasOwn(value, inner)) to.edits.push({ path: [...path, key, inner], value: undefined });
    }
    for (const [inner, child] of Object.entries(value)) {
      if (Object.hasOwn(before, inner)) to.edits.push({ path: [...path, key, inner], value: child });
      else to.additions.push({ path: [...path, key, inner], text: lineText(inner, child) });
    }
  }
}

function tableText(
  parent: string,
  name: string,
  table: Readonly<Record<string, FormatValue | undefined>>,
): string {
  const present = Object.fromEntries(
    Object.entries(table).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
  const written = writeToml({ [parent]: { [name]: present } });
  if (!written.ok) throw new RangeError(`${name}: ${written.problem.message}`);
  return written.text;
}

function lineText(key: string, value: FormatValue): string {
  const written = writeToml({ value });
  if (!written.ok) throw new RangeError(`${key}: ${written.problem.message}`);
  return `${tomlKey(key)}${written.text.slice("value".length)}`;
}

/** Each addition before the first of its siblings that sorts behind it; where none does, behind all of them. */
function inserted(text: string, additions: readonly Addition[]): string {
  if (additions.length === 0) return text;
  const entries = tomlDocument.open(text)?.layout().entries ?? [];
  const places = additions
    .map((addition) => ({ ...addition, at: placeOf(text, entries, addition.path) }))
    .sort((one, other) => one.at - other.at || comparePaths(lastOf(one.path), lastOf(other.path)));
  let result = "";
  let done = 0;
  for (const { at, path, text: added } of places) {
    result += text.slice(done, at);
    const isTable = path.length === 2;
    if (result !== "" && !result.endsWith("\n")) result += "\n";
    if (isTable && result !== "" && !result.endsWith("\n\n")) result += "\n";
    result += added;
    if (isTable && at < text.length) result += "\n";
    done = at;
  }
  return result + text.slice(done);
}

function placeOf(text: string, entries: readonly LayoutEntry[], path: readonly string[]): number {
  const depth = path.length;
  const isSibling = (entry: LayoutEntry, exact: boolean) =>
    (exact ? entry.path.length === depth : entry.path.length >= depth) &&
    path.slice(0, -1).every((segment, index) => entry.path[index] === segment);
  const siblings = entries.filter((entry) => isSibling(entry, true));
  const behind = siblings.find((entry) => comparePaths(String(entry.path[depth - 1]), lastOf(path)) > 0);
  if (behind !== undefined) return withCommentsAbove(text, behind.start);
  const last = entries.findLast((entry) => isSibling(entry, false));
  if (last === undefined) return text.length;
  const lineEnd = text.indexOf("\n", last.end);
  return lineEnd === -1 ? text.length : lineEnd + 1;
}

/** The lines of comment right above a table or key belong to it. */
function withCommentsAbove(text: string, offset: number): number {
  let start = text.lastIndexOf("\n", offset - 1) + 1;
  while (start > 0) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (!text.slice(above, start).trimStart().startsWith("#")) break;
    start = above;
  }
  return start;
}

function lastOf(path: readonly string[]): string {
  return path.at(-1) ?? "";
}

function recordAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? found : {};
}
