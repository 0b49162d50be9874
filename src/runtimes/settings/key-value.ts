/**
 * A value inside a shared file as bytes: JSON without blanks, keys in order. Equal values have equal bytes, so
 * that a blob's id tells whether two of them are the same.
 */
import { type FormatValue, isList, isRecord } from "../../formats/format-value.ts";
import { jsoncDocument } from "../../formats/jsonc-document.ts";
import { decodeText } from "../../formats/text-shape.ts";

export function encodeKeyValue(value: FormatValue): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(inOrder(value)));
}

/** Undefined where the bytes are no such value. */
export function decodeKeyValue(bytes: Uint8Array): FormatValue | undefined {
  const text = decodeText(bytes);
  return text === null ? undefined : formatValue(jsoncDocument.parse(text).value);
}

/** A value that was read, as one that can be written; undefined for what no file of ours holds (a date). */
export function formatValue(value: unknown): FormatValue | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (isList(value)) {
    const items = value.map(formatValue);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (!isRecord(value)) return undefined;
  const entries: [string, FormatValue][] = [];
  for (const [key, item] of Object.entries(value)) {
    const written = formatValue(item);
    if (written === undefined) return undefined;
    entries.push([key, written]);
  }
  return Object.fromEntries(entries);
}

/** Records with their keys sorted, through and through. */
function inOrder(value: FormatValue): FormatValue {
  if (isList(value)) return value.map(inOrder);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
}

/** A map of values that can be written. */
export function isFormatRecord(
  value: FormatValue | undefined,
): value is { readonly [key: string]: FormatValue } {
  return isRecord(value);
}
