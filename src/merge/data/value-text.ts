/** Values of a unit as text of their format, and back. */

import type { FormatDocument, FormatValue } from "../../formats/format-value.ts";
import { isList, isRecord } from "../../formats/format-value.ts";
import { jsoncDocument } from "../../formats/jsonc-document.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import { inlineToml } from "../../formats/toml-write.ts";
import { yamlDocument } from "../../formats/yaml-document.ts";
import { newFileStyle, renderYaml } from "../../formats/yaml-write.ts";

export type DataFormat = "yaml" | "toml" | "json" | "jsonc";

export function documentOf(format: DataFormat): FormatDocument {
  if (format === "yaml") return yamlDocument;
  return format === "toml" ? tomlDocument : jsoncDocument;
}

/**
 * A value that can be written: dates, and integers that JavaScript's numbers cannot hold, as the text that they
 * have. Where such a one stands in a document, its own spelling is put back afterwards.
 */
export function writable(value: unknown): FormatValue {
  if (isList(value)) return value.map(writable);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return String(value);
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, writable(child)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** The value as it stands in a text of its format, TOML on one line; null for undefined. */
export function valueText(format: DataFormat, value: unknown): string | null {
  if (value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return String(value);
  if (format === "toml") return inlineToml(writable(value));
  if (format === "yaml") return renderYaml(writable(value), newFileStyle).replace(/\n$/, "");
  return JSON.stringify(writable(value), null, 2);
}

/** Reads what `valueText` writes; undefined where it is no value of the format. */
export function readValueText(format: DataFormat, text: string): unknown {
  if (format !== "toml") return documentOf(format).parse(text).value;
  const { value } = tomlDocument.parse(`value = ${text}`);
  return isRecord(value) && Object.keys(value).length === 1 ? value.value : undefined;
}
