/**
 * Changing stet's keys in a file that belongs to somebody else.
 *
 * Invariants:
 * - no byte outside the named keys changes, save for the maps around them that stet itself made;
 * - no file is made for nothing, and of a file that stet made nothing is left once its last key goes: never
 *   `{}` in the place of what was absent (BUGS F4);
 * - a file that is not the shape it should be gives a refusal, never another text.
 */
import type { TextRange } from "../../formats/document-layout.ts";
import {
  type FormatDocument,
  isList,
  isRecord,
  type KeyEdit,
  type OpenDocument,
} from "../../formats/format-value.ts";
import type { RuntimePlace } from "../table/runtime.ts";
import { decodeKeyValue } from "./key-value.ts";
import { emptyText, readSettings, settingsDocument } from "./settings-file.ts";

/** One key that is to hold another value; `value` null removes it. */
export interface KeyChange {
  readonly place: RuntimePlace;
  readonly name: string;
  readonly value: Uint8Array | null;
}

/**
 * What stet made in a file: the file itself (the empty text), maps and lists around its keys (by their path as
 * JSON), and those that were there and empty, with the text behind their key: `["hooks"]=: {}`.
 */
export type MadeMaps = ReadonlySet<string>;

export type SettingsEdit =
  /** `text` null: nothing but what stet made was left, so the file goes. */
  | { readonly outcome: "edited"; readonly text: string | null; readonly made: MadeMaps }
  | { readonly outcome: "refused"; readonly why: string };

const fileItself = "";

/**
 * The file with these keys changed. All places are of the same file and format.
 *
 * @param bytes null where there is no file.
 * @param made what stet made in it before.
 */
export function editSettings(
  bytes: Uint8Array | null,
  changes: readonly KeyChange[],
  made: MadeMaps,
): SettingsEdit {
  let text: string | null = null;
  const makes = new Set(bytes === null ? [] : made);
  for (const { place, name, value } of changes) {
    const read = readSettings(place, text === null ? (bytes ?? new Uint8Array()) : encode(text));
    if (read.outcome === "problem") return { outcome: "refused", why: read.why };
    const { slot } = place;
    if (slot === undefined) return { outcome: "refused", why: `${place.path} has no keys of stet's` };
    text ??= read.text;
    if (isNothing(text)) {
      if (value === null) continue;
      makes.add(bytes === null ? fileItself : `=${text}`);
      if (text.trim() === "") text = emptyText(place);
    }
    const document = settingsDocument(place);
    const decoded = value === null ? undefined : decodeKeyValue(value);
    if (value !== null && decoded === undefined)
      return { outcome: "refused", why: "its new value is unreadable" };
    for (const made of emptyParents(document, text, slot.parents(decoded))) makes.add(made);
    const edited = slot.write(document, text, name, decoded);
    if (!edited.ok) return { outcome: "refused", why: edited.problem.message };
    text = withoutEmptied(document, edited.text, makes);
  }
  if (text === null || !isNothing(text)) return { outcome: "edited", text, made: makes };
  const before = [...makes].find((one) => one.startsWith("="));
  const isGone = makes.has(fileItself);
  return { outcome: "edited", text: isGone ? null : (before?.slice(1) ?? text), made: new Set() };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function isNothing(text: string): boolean {
  return ["", "{}"].includes(text.replace(/[\s\uFEFF]/g, ""));
}

type Path = readonly string[];

/** Maps and lists on the way to stet's keys that are not there, or there and empty, as they are remembered. */
function emptyParents(document: FormatDocument, text: string, paths: readonly Path[]): readonly string[] {
  const opened = document.open(text);
  return paths.flatMap((path) => {
    const node = nodeAt(opened?.value, path);
    if (node === undefined) return [JSON.stringify(path)];
    const range = isEmpty(node) && opened !== null ? rangeAt(opened, path) : undefined;
    return range === undefined ? [] : [`${JSON.stringify(path)}=${text.slice(range.start, range.end)}`];
  });
}

/**
 * Takes the maps and lists away that stet made and that hold nothing any more: no key, and no comment of the
 * user's. One that was there and empty gets its text back.
 */
function withoutEmptied(document: FormatDocument, text: string, makes: Set<string>): string {
  let current = text;
  const remembered = [...makes].flatMap((name) => {
    if (!name.startsWith("[")) return [];
    const mark = name.indexOf("]=");
    const path = pathOf(mark < 0 ? name : name.slice(0, mark + 1));
    return [{ name, path, before: mark < 0 ? null : name.slice(mark + 2) }];
  });
  for (const { name, path, before } of remembered.sort((one, other) => other.path.length - one.path.length)) {
    const opened = document.open(current);
    const node = opened === null ? undefined : nodeAt(opened.value, path);
    const range = opened === null || !isEmpty(node) ? undefined : rangeAt(opened, path);
    if (opened === null || range === undefined) {
      // A TOML table goes with its last key.
      if (opened !== null && node === undefined) makes.delete(name);
      continue;
    }
    if (opened.layout().comments.some(({ start, end }) => start >= range.start && end <= range.end)) continue;
    if (before === null) {
      const removal: KeyEdit = { path, value: undefined };
      const edited = document.edit(current, [removal]);
      if (!edited.ok) continue;
      current = edited.text;
    } else {
      current = current.slice(0, range.start) + before + current.slice(range.end);
    }
    makes.delete(name);
  }
  return current;
}

function pathOf(text: string): Path {
  const value: unknown = JSON.parse(text);
  return isList(value) ? value.map(String) : [];
}

function isEmpty(node: unknown): boolean {
  return isList(node) ? node.length === 0 : isRecord(node) && Object.keys(node).length === 0;
}

/** From behind the key to the end of its value. */
function rangeAt(opened: OpenDocument, path: Path): TextRange | undefined {
  const wanted = JSON.stringify(path);
  const entry = opened.layout().entries.find((one) => JSON.stringify(one.path) === wanted);
  return entry === undefined ? undefined : { start: entry.keyEnd, end: entry.end };
}

function nodeAt(value: unknown, path: Path): unknown {
  let node = value;
  for (const key of path) node = isRecord(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  return node;
}
