/**
 * What the four formats have in common: the values that can be written, the problem that a text can
 * have, and the edit of a key.
 */

import type { DocumentLayout } from "./document-layout.ts";

/** A value that can be written into a file. Not every format can hold each: TOML has no null, JSON no NaN. */
export type FormatValue =
  | string
  | number
  | boolean
  | null
  | readonly FormatValue[]
  | { readonly [key: string]: FormatValue };

/** Why a text was not read, or an edit not made. Line and column count from 1, columns in UTF-16 units. */
export interface FormatProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** `value` is undefined exactly when `problem` is there. */
export interface ParseResult {
  readonly value: unknown;
  readonly problem: FormatProblem | null;
}

/**
 * Sets (or, with `undefined`, removes) the value at `path`: strings are keys, numbers are list positions
 * from 0; the list's length as position appends. Missing parents are created; an empty path is the whole document.
 */
export interface KeyEdit {
  readonly path: readonly (string | number)[];
  readonly value: FormatValue | undefined;
}

/** A refused edit leaves nothing half done: there is a whole new text, or a problem. */
export type EditResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: FormatProblem };

/** A text that was read once, to be looked at closer. */
export interface OpenDocument {
  readonly text: string;
  readonly value: unknown;
  /** A key is written twice in one map, and only one of the two is in the value. JSON alone allows it. */
  hasDuplicateKeys(): boolean;
  layout(): DocumentLayout;
  /** As `edit` of the format, without reading either text again; null where it is refused. */
  edit(edits: readonly KeyEdit[]): OpenDocument | null;
}

/** Reading and editing one format. No function throws, whatever the text, save for `layout` of an open one. */
export interface FormatDocument {
  parse(text: string): ParseResult;
  /** Null where the text does not parse. */
  open(text: string): OpenDocument | null;
  /** Edits only the keys that it is told; an edit that sets what is already there returns the identical text. */
  edit(text: string, edits: readonly KeyEdit[]): EditResult;
}

/** Longer texts are not parsed. In UTF-16 units; some applications' JSON files reach several million. */
const documentLengthMax = 16 * 1024 * 1024;

/** Deeper values are not read, so that no recursion over them can exhaust the stack. */
export const nestingDepthMax = 200;

export function problemAt(text: string, offset: number, message: string): FormatProblem {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: before.length - lineStart + 1, message };
}

export function refused(message: string): { readonly ok: false; readonly problem: FormatProblem } {
  return { ok: false, problem: { line: 1, column: 1, message } };
}

/** A map of keys: neither a list nor a date (TOML has dates). */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Equality by content; the order of keys does not count, that of list items does. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one === "number" && typeof other === "number") return Number.isNaN(one) && Number.isNaN(other);
  if (one instanceof Date && other instanceof Date) return sameDate(one, other);
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((item, index) => sameValue(item, other[index]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && sameValue(one[key], other[key]));
}

// A TOML date knows whether it is local, which its instant alone does not tell.
function sameDate(one: Date, other: Date): boolean {
  return one.getTime() === other.getTime() && one.toISOString() === other.toISOString();
}

function nestingDepth(value: unknown, limit: number): number {
  if (limit < 0) return 1;
  const children = isList(value) ? value : isRecord(value) ? Object.values(value) : null;
  if (children === null) return 0;
  let deepest = 0;
  for (const child of children) deepest = Math.max(deepest, nestingDepth(child, limit - 1));
  return deepest + 1;
}

/** Runs a library's parser; whatever it throws (stack exhaustion included) becomes a problem. */
export function guardedParse(
  text: string,
  parse: () => ParseResult,
  lengthMax = documentLengthMax,
): ParseResult {
  if (text.length > lengthMax) {
    return {
      value: undefined,
      problem: problemAt("", 0, `longer than ${lengthMax} characters; it is not parsed`),
    };
  }
  try {
    const result = parse();
    if (result.problem === null && nestingDepth(result.value, nestingDepthMax) > nestingDepthMax) {
      return {
        value: undefined,
        problem: problemAt("", 0, `nested deeper than ${nestingDepthMax} levels; it is not read`),
      };
    }
    return result;
  } catch (error) {
    return {
      value: undefined,
      problem: problemAt("", 0, error instanceof Error ? error.message : String(error)),
    };
  }
}
