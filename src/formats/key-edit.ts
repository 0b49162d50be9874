/** What an edit means for a value, apart from any text: the primitive steps it takes, and their outcome. */

import type { FormatValue, KeyEdit } from "./format-value.ts";
import { isList, isRecord, sameValue } from "./format-value.ts";

type Path = readonly (string | number)[];

/**
 * Breaks an edit into the smallest ones that lead to the same value, so that what stays equal inside a
 * changed map or list keeps its bytes and comments. Each step sets or removes at a path whose parent exists.
 * A string is the reason why the edit cannot be made.
 */
export function primitiveEdits(current: unknown, edit: KeyEdit): readonly KeyEdit[] | string {
  let node = current;
  for (const [index, segment] of edit.path.entries()) {
    if (node === null || node === undefined) return createFrom(edit, Math.max(index, 1));
    const where = `"${edit.path.slice(0, index).join(".")}"`;
    if (isRecord(node) && typeof segment === "string") {
      if (!Object.hasOwn(node, segment)) return createFrom(edit, index + 1);
      node = node[segment];
    } else if (isList(node) && typeof segment === "number") {
      if (!Number.isInteger(segment) || segment < 0 || segment > node.length) {
        return `position ${segment} is outside the list at ${where}`;
      }
      if (segment === node.length) return createFrom(edit, index + 1);
      node = node[segment];
    } else {
      return `the value at ${where} is neither a map nor a list that holds "${segment}"`;
    }
  }
  if (edit.value === undefined) {
    return edit.path.length === 0 ? "the whole document cannot be removed" : [edit];
  }
  return difference(edit.path, node, edit.value);
}

function createFrom(edit: KeyEdit, pathLength: number): readonly KeyEdit[] | string {
  if (edit.value === undefined) return [];
  let value: FormatValue = edit.value;
  for (const segment of edit.path.slice(pathLength).reverse()) {
    if (typeof segment === "string") value = { [segment]: value };
    else if (segment === 0) value = [value];
    else return `a new list cannot begin at position ${segment}`;
  }
  return [{ path: edit.path.slice(0, pathLength), value }];
}

function difference(path: Path, old: unknown, wanted: FormatValue): readonly KeyEdit[] {
  if (sameValue(old, wanted)) return [];
  if (isRecord(old) && isRecord(wanted) && Object.keys(wanted).length > 0) {
    // Sets come before removals: a map that is empty for a moment would lose its layout.
    const sets = Object.entries(wanted).flatMap(([key, value]) =>
      Object.hasOwn(old, key)
        ? difference([...path, key], old[key], value)
        : [{ path: [...path, key], value }],
    );
    const removals = Object.keys(old).filter((key) => !Object.hasOwn(wanted, key));
    return [...sets, ...removals.map((key) => ({ path: [...path, key], value: undefined }))];
  }
  if (isFormatList(wanted) && isList(old) && old.length > 0 && wanted.length > 0) {
    return listDifference(path, old, wanted);
  }
  return [{ path, value: wanted }];
}

function isFormatList(value: FormatValue): value is readonly FormatValue[] {
  return Array.isArray(value);
}

function listDifference(
  path: Path,
  old: readonly unknown[],
  wanted: readonly FormatValue[],
): readonly KeyEdit[] {
  // A table that becomes a scalar, or the reverse, may need another layout of the whole list (TOML's [[list]]).
  if (![...wanted, ...old].every((item) => isRecord(item) === isRecord(old[0])))
    return [{ path, value: wanted }];
  const edits: KeyEdit[] = [];
  const removed: number[] = [];
  for (const gap of gapsBetween(old, wanted)) {
    const paired = Math.min(gap.oldEnd - gap.old, gap.wantedEnd - gap.wanted);
    for (let pair = 0; pair < paired; pair++) {
      const value = wanted[gap.wanted + pair];
      if (value === undefined) continue;
      edits.push(...difference([...path, gap.old + pair], old[gap.old + pair], value));
    }
    for (let index = gap.old + paired; index < gap.oldEnd; index++) removed.push(index);
    const added = wanted.slice(gap.wanted + paired, gap.wantedEnd);
    edits.push(...added.map((value, index) => ({ path: [...path, old.length + index], value })));
  }
  return [...edits, ...removed.reverse().map((index) => ({ path: [...path, index], value: undefined }))];
}

interface ListGap {
  readonly old: number;
  readonly oldEnd: number;
  readonly wanted: number;
  readonly wantedEnd: number;
}

/**
 * What lies between items that stay as they are. Items are added only at the end of a list: the first gap that
 * would add some before that takes in all that follows.
 */
function gapsBetween(old: readonly unknown[], wanted: readonly FormatValue[]): readonly ListGap[] {
  const gaps: ListGap[] = [];
  let gap = { old: 0, wanted: 0 };
  for (const [index, item] of old.entries()) {
    const same = wanted.findIndex((value, at) => at >= gap.wanted && sameValue(item, value));
    if (same < 0 || same - gap.wanted > index - gap.old) continue;
    gaps.push({ ...gap, oldEnd: index, wantedEnd: same });
    gap = { old: index + 1, wanted: same + 1 };
  }
  return [...gaps, { ...gap, oldEnd: old.length, wantedEnd: wanted.length }];
}

/** The value after one primitive edit; nothing that was passed in is changed. */
export function valueAfter(current: unknown, edit: KeyEdit): unknown {
  const [segment, ...rest] = edit.path;
  if (segment === undefined) return edit.value;
  const child = { path: rest, value: edit.value };
  if (isList(current) && typeof segment === "number") {
    if (rest.length === 0 && edit.value === undefined) return current.toSpliced(segment, 1);
    return current.toSpliced(segment, 1, valueAfter(current[segment], child));
  }
  const record = isRecord(current) ? current : {};
  if (rest.length === 0 && edit.value === undefined) {
    return Object.fromEntries(Object.entries(record).filter(([key]) => key !== segment));
  }
  const before = Object.hasOwn(record, segment) ? record[segment] : undefined;
  return Object.fromEntries([...Object.entries(record), [String(segment), valueAfter(before, child)]]);
}

export function isWithin(path: Path, ancestor: Path): boolean {
  return ancestor.every((segment, index) => path[index] === segment);
}
