/**
 * Changing stet's keys in a file that belongs to somebody else.
 *
 * Invariants:
 * - no byte outside the named keys changes, save for the maps around them that stet itself made;
 * - no file is made for nothing, and of a file that stet made nothing is left once its last key goes: never
 *   `{}` in the place of what was absent (BUGS F4);
 * - a file that is not the shape it should be gives a refusal, never another text.
 */
import { type FormatDocument, isRecord, type KeyEdit } from "../../formats/format-value.ts";
import type { RuntimePlace } from "../table/runtime.ts";
import { decodeKeyValue } from "./key-value.ts";
import { emptyText, readSettings, settingsDocument } from "./settings-file.ts";

/** One key that is to hold another value; `value` null removes it. */
export interface KeyChange {
  readonly place: RuntimePlace;
  readonly name: string;
  readonly value: Uint8Array | null;
}

/** Maps that stet made, each by the keys that lead to it: `mcpServers`. The file itself is the empty text. */
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
    if (text.trim() === "") {
      if (value === null) continue;
      makes.add(fileItself);
      text = emptyText(place);
    }
    const document = settingsDocument(place);
    const decoded = value === null ? undefined : decodeKeyValue(value);
    if (value !== null && decoded === undefined)
      return { outcome: "refused", why: "its new value is unreadable" };
    for (const path of absentMaps(document, text, slot.container)) makes.add(path);
    const edited = slot.write(document, text, name, decoded);
    if (!edited.ok) return { outcome: "refused", why: edited.problem.message };
    text = value === null ? withoutEmptied(document, edited.text, slot.container, makes) : edited.text;
  }
  const isEmptied = text !== null && makes.has(fileItself) && isNothing(text);
  return { outcome: "edited", text: isEmptied ? null : text, made: isEmptied ? new Set() : makes };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function isNothing(text: string): boolean {
  return ["", "{}"].includes(text.replace(/[\s\uFEFF]/g, ""));
}

/** The maps on the way to stet's keys that are not there yet. */
function absentMaps(document: FormatDocument, text: string, container: readonly string[]): readonly string[] {
  let node = document.parse(text).value;
  return container.flatMap((key, at) => {
    node = isRecord(node) && Object.hasOwn(node, key) ? node[key] : undefined;
    return node === undefined ? [mapName(container.slice(0, at + 1))] : [];
  });
}

/** Takes the maps away that stet made and that hold nothing any more: no key, and no comment of the user's. */
function withoutEmptied(
  document: FormatDocument,
  text: string,
  container: readonly string[],
  makes: Set<string>,
): string {
  let current = text;
  for (let length = container.length; length > 0; length--) {
    const path = container.slice(0, length);
    const opened = document.open(current);
    if (opened === null || !makes.has(mapName(path))) return current;
    const found = nodeAt(opened.value, path);
    if (found !== undefined) {
      if (!isRecord(found) || Object.keys(found).length > 0 || hasComment(opened, path)) return current;
      const removal: KeyEdit = { path, value: undefined };
      const edited = document.edit(current, [removal]);
      if (!edited.ok) return current;
      current = edited.text;
    }
    makes.delete(mapName(path));
  }
  return current;
}

function hasComment(
  opened: NonNullable<ReturnType<FormatDocument["open"]>>,
  path: readonly string[],
): boolean {
  const { entries, comments } = opened.layout();
  const entry = entries.find((one) => mapName(one.path.map(String)) === mapName(path));
  return entry !== undefined && comments.some(({ start, end }) => start >= entry.start && end <= entry.end);
}

function nodeAt(value: unknown, path: readonly string[]): unknown {
  let node = value;
  for (const key of path) node = isRecord(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  return node;
}

function mapName(path: readonly string[]): string {
  return JSON.stringify(path);
}
