import { isList, isRecord } from "../../formats/format-value.ts";
import { toolList } from "../../formats/tool-list.ts";
import type { Sides } from "./sides.ts";

/** How a list is merged: as a set, by the names of its items, or by their order. */
export type ListKind = "set" | "sequence" | { readonly namedBy: string };

const toolKeys = new Set(["allowed-tools", "allowedTools", "allowed_tools", "tools", "disallowedTools"]);

const setKeys = new Set([
  ...toolKeys,
  ...["disallowed-tools", "enabledTools", "disabledTools", "enabled_tools", "disabled_tools"],
  ...["includeTools", "excludeTools", "allow", "deny", "ask", "additionalDirectories"],
  ...["tags", "keywords", "labels", "categories", "globs", "paths", "applyTo", "skills"],
  ...["enabledMcpjsonServers", "disabledMcpjsonServers", "branches"],
]);

/** Keys by which an item of a list may be known, the surest first. */
const nameKeys = ["id", "name", "key", "matcher"] as const;

/** The kind of a list under `key`, by what all its versions hold. */
export function listKind(key: string | undefined, lists: Sides<readonly unknown[]>): ListKind {
  const all = [lists.base ?? [], lists.yours, lists.theirs];
  if (key !== undefined && setKeys.has(key) && all.flat().every(isScalar)) return "set";
  const namedBy = nameKeys.find((name) => all.every((list) => hasUniqueNames(list, name)));
  return namedBy === undefined ? "sequence" : { namedBy };
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null || value instanceof Date;
}

function hasUniqueNames(list: readonly unknown[], name: string): boolean {
  const names = list.map((item) => nameOf(item, name));
  return names.every((one) => one !== null) && new Set(names).size === names.length;
}

/** The name of a list's item, or null where it has none. */
export function nameOf(item: unknown, namedBy: string): string | null {
  if (!isRecord(item) || !Object.hasOwn(item, namedBy)) return null;
  const name = item[namedBy];
  return typeof name === "string" || typeof name === "number" ? String(name) : null;
}

/** The name by which an item is known wherever it stands, or null. */
export function ownName(item: unknown): string | null {
  for (const key of nameKeys) {
    const name = nameOf(item, key);
    if (name !== null) return name;
  }
  return null;
}

/** A set as it is written: as a list, or as one text with its separator. */
export interface WrittenSet {
  readonly items: readonly unknown[];
  /** Null for a list. */
  readonly separator: string | null;
}

/**
 * The set under `key`: a list, or a text such as `Read, Bash(git:*)`. Only the names of tools are parted by
 * blanks. Null where the key or the value is none that holds a set.
 */
export function writtenSet(key: string | undefined, value: unknown): WrittenSet | null {
  if (key === undefined || !setKeys.has(key)) return null;
  if (isList(value)) return value.every(isScalar) ? { items: value, separator: null } : null;
  if (typeof value !== "string" || value.includes("\n")) return null;
  const items = toolKeys.has(key) || value.includes(",") ? (toolList(value) ?? []) : [value.trim()];
  return { items, separator: separatorIn(value, items) };
}

/** What stands between the first two items; `, ` where there is one at most. */
function separatorIn(text: string, [first, second]: readonly string[]): string {
  if (first === undefined || second === undefined) return ", ";
  const end = text.indexOf(first) + first.length;
  return text.slice(end, text.indexOf(second, end));
}
