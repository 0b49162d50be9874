/** Scalars keep the spelling that their writer gave them: `1.0`, `0x1F`, a date, a kind of quotes. */

import type { FormatDocument, OpenDocument } from "../../formats/format-value.ts";
import { isList, isRecord } from "../../formats/format-value.ts";
import { applySplices, type Splice } from "../../formats/splice.ts";
import { valueKey } from "./sides.ts";

type Path = readonly (string | number)[];

/**
 * Gives scalars at the edited paths the spelling that they have in one of the sources (the first that has them);
 * `values` are those that the text is to have. The text as it was where that would not be read.
 */
export function respelled(
  document: FormatDocument,
  opened: OpenDocument,
  edited: readonly Path[],
  values: unknown,
  sources: readonly OpenDocument[],
): OpenDocument {
  const { text } = opened;
  const editedKeys = new Set(edited.map(placeKey));
  const isEdited = (path: Path) =>
    path.some((_, index) => editedKeys.has(placeKey(path.slice(0, index + 1))));
  const spellings = new Map<string, string>();
  for (const source of sources) {
    for (const { path, scalar } of source.layout().entries) {
      if (scalar === null || !isEdited(path)) continue;
      const key = spellingKey(path, valueAt(source.value, path));
      if (!spellings.has(key)) spellings.set(key, source.text.slice(scalar.start, scalar.end));
    }
  }
  const splices: Splice[] = [];
  for (const { path, scalar } of opened.layout().entries) {
    if (scalar === null || !isEdited(path)) continue;
    const spelling = spellings.get(spellingKey(path, valueAt(values, path)));
    const present = text.slice(scalar.start, scalar.end);
    const isMultiline = spelling?.includes("\n") === true || present.includes("\n");
    if (spelling !== undefined && spelling !== present && !isMultiline) {
      splices.push({ ...scalar, text: spelling });
    }
  }
  return splices.length === 0 ? opened : (document.open(applySplices(text, splices)) ?? opened);
}

function spellingKey(path: Path, value: unknown): string {
  return placeKey(path) + valueKey(value);
}

/** Positions in lists do not count: items move. */
function placeKey(path: Path): string {
  return JSON.stringify(path.map((segment) => (typeof segment === "number" ? 0 : segment)));
}

function valueAt(value: unknown, path: Path): unknown {
  let node = value;
  for (const segment of path) {
    if (isRecord(node) && typeof segment === "string") node = node[segment];
    else if (isList(node) && typeof segment === "number") node = node[segment];
    else return undefined;
  }
  return node;
}
