/**
 * Writes a merged value as text.
 *
 * Invariants of what is returned:
 *  - it reads as exactly the value that was asked for;
 *  - it is the texts' merge by lines where that reads so, and else theirs, edited at the paths that differ;
 *  - comments that yours changed are in it, or it is not returned as complete.
 */

import type { FormatDocument, KeyEdit, OpenDocument } from "../../formats/format-value.ts";
import { isList, isRecord } from "../../formats/format-value.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import { type Sides, sameThere } from "./sides.ts";
import { respelled } from "./spellings.ts";
import { ownValue } from "./value-merger.ts";
import { writable } from "./value-text.ts";

export type OpenDocuments = Sides<OpenDocument> & { readonly base: OpenDocument };

/** Theirs' text with the value that is asked for; null where it cannot be edited so. */
export function editedTheirs(
  document: FormatDocument,
  { yours, theirs }: OpenDocuments,
  value: unknown,
): OpenDocument | null {
  const edits = [...editsTo(theirs.value, value, [])];
  if (edits.length === 0) return theirs;
  const edited = theirs.edit(edits);
  if (edited === null) return null;
  const paths = edits.map(({ path }) => path);
  const spelled = respelled(document, edited, paths, value, [theirs, yours]);
  return [spelled, edited].find((one) => readsAs(document, one.value, value)) ?? null;
}

/** Maps are compared key by key, so that an edit names only what differs. */
function* editsTo(old: unknown, wanted: unknown, path: KeyEdit["path"]): Generator<KeyEdit> {
  if (sameThere(old, wanted)) return;
  const isEmptied = path.length > 0 && isRecord(wanted) && Object.keys(wanted).length === 0;
  if (!isRecord(old) || !isRecord(wanted) || isEmptied) {
    yield { path, value: wanted === undefined ? undefined : writable(wanted) };
    return;
  }
  // What is added comes before what is removed: a map that is empty for a moment would lose its layout.
  for (const [key, value] of Object.entries(wanted))
    yield* editsTo(ownValue(old, key), value, [...path, key]);
  for (const key of Object.keys(old)) {
    if (!Object.hasOwn(wanted, key)) yield { path: [...path, key], value: undefined };
  }
}

/** TOML has no text for some empty tables; they may be missing. */
function readsAs(document: FormatDocument, read: unknown, value: unknown): boolean {
  if (sameThere(read ?? {}, value ?? {})) return true;
  return document === tomlDocument && sameThere(withoutEmptyMaps(read), withoutEmptyMaps(value));
}

function withoutEmptyMaps(value: unknown): unknown {
  if (isList(value)) return value.map(withoutEmptyMaps);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, withoutEmptyMaps(child)] as const);
  return Object.fromEntries(entries.filter(([, child]) => !isRecord(child) || Object.keys(child).length > 0));
}
