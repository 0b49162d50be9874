/** TOML 1.0 text for values: keys, inline values, and the sections of a table. */

import { parse } from "smol-toml";
import type { EditResult, FormatValue } from "./format-value.ts";
import { isList, isRecord, refused, sameValue } from "./format-value.ts";

export interface TomlStyle {
  readonly lineEnd: string;
  /**
   * Whether a string with line breaks may be written over several lines. Not where lines end in `\r\n`:
   * the raw line break would become part of the string.
   */
  readonly multilineStrings: boolean;
}

type TomlTable = { readonly [key: string]: FormatValue };

const newFileStyle: TomlStyle = { lineEnd: "\n", multilineStrings: true };

/** A new TOML file. Refused for what TOML cannot hold: null, a lone surrogate, a value that is no table. */
export function writeToml(value: FormatValue): EditResult {
  const reason = isTable(value) ? unsupportedInToml(value) : "a TOML file holds a table";
  if (!isTable(value) || reason !== null) return refused(reason ?? "a TOML file holds a table");
  const text = renderTable([], value, "root", newFileStyle).replace(/^\n/, "");
  try {
    if (sameValue(parse(text, { maxDepth: 10_000 }), value)) return { ok: true, text };
  } catch {
    // Reported below, like a value that reads differently.
  }
  return refused("TOML cannot hold this value");
}

/** Why TOML cannot hold the value, or null. */
export function unsupportedInToml(value: FormatValue): string | null {
  if (value === null) return "TOML has no null";
  if (typeof value === "string") return value.isWellFormed() ? null : "TOML cannot hold a lone surrogate";
  if (typeof value !== "object") return null;
  for (const [key, child] of Object.entries(value)) {
    const reason =
      unsupportedInToml(child) ?? (key.isWellFormed() ? null : "TOML cannot hold a lone surrogate");
    if (reason !== null) return reason;
  }
  return null;
}

export function isTable(value: FormatValue | undefined): value is TomlTable {
  return isRecord(value);
}

/** A list that is written as `[[sections]]`: not empty, tables only. */
export function isTableList(value: FormatValue | undefined): value is readonly TomlTable[] {
  return isList(value) && value.length > 0 && value.every((item) => isRecord(item));
}

export function tomlKey(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : basicString(name);
}

export function tomlKeyPath(names: readonly string[]): string {
  return names.map(tomlKey).join(".");
}

/** A value on one line; TOML 1.0 allows no line break and no trailing comma in an inline table. */
export function inlineToml(value: FormatValue): string {
  if (typeof value === "string") return basicString(value);
  if (typeof value === "number") return tomlNumber(value);
  if (isTable(value)) {
    const members = Object.entries(value).map(([key, child]) => `${tomlKey(key)} = ${inlineToml(child)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return isFormatList(value) ? `[${value.map(inlineToml).join(", ")}]` : String(value);
}

function isFormatList(value: FormatValue): value is readonly FormatValue[] {
  return isList(value);
}

/** A value behind `key = `, where a text may take several lines. */
export function tomlValue(value: FormatValue, style: TomlStyle): string {
  const spread = typeof value === "string" && value.includes("\n") && style.multilineStrings;
  return spread ? multilineString(value) : inlineToml(value);
}

function tomlNumber(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  const digits = String(value);
  // Beyond 2^53 an integer would not be read back exactly; a float is.
  return Number.isInteger(value) && !Number.isSafeInteger(value) && !digits.includes("e")
    ? `${digits}.0`
    : digits;
}

function basicString(text: string): string {
  return `"${escaped(text, /["\\\p{Cc}]/gu)}"`;
}

/** The line break behind the opening quotes is not part of the string. Quotes are escaped where three would meet. */
function multilineString(text: string): string {
  const body = escaped(text, /\\|"(?="")|"$|(?![\n\t])\p{Cc}/gu);
  return `"""\n${body}"""`;
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\f", "\\f"],
  ["\r", "\\r"],
]);

function escaped(text: string, pattern: RegExp): string {
  return text.replace(pattern, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return shortEscapes.get(character) ?? `\\u${code}`;
  });
}

/**
 * A table as sections: its own keys first, then one section for each table in it, each with an empty
 * line before it. Every line has its line end.
 */
export function renderTable(
  path: readonly string[],
  table: TomlTable,
  kind: "root" | "table" | "list item",
  style: TomlStyle,
): string {
  const own = Object.entries(table).filter(([, value]) => !isTable(value) && !isTableList(value));
  const nested = Object.entries(table).filter(([, value]) => isTable(value) || isTableList(value));
  const lines = own.map(([key, value]) => `${tomlKey(key)} = ${tomlValue(value, style)}${style.lineEnd}`);
  // A table that holds only tables needs no header of its own.
  const needsHeader = kind === "list item" || own.length > 0 || nested.length === 0;
  const name = tomlKeyPath(path);
  if (kind !== "root" && needsHeader) {
    lines.unshift(style.lineEnd, (kind === "table" ? `[${name}]` : `[[${name}]]`) + style.lineEnd);
  }
  return lines.concat(nested.map(([key, value]) => renderSections([...path, key], value, style))).join("");
}

/** The sections of a table or of a list of tables. */
export function renderSections(path: readonly string[], value: FormatValue, style: TomlStyle): string {
  if (isTable(value)) return renderTable(path, value, "table", style);
  if (!isTableList(value)) return "";
  return value.map((item) => renderTable(path, item, "list item", style)).join("");
}
