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
  const removed: number[] = [];
  let matched = 0;
  for (const [index, item] of old.entries()) {
    if (matched < wanted.length && sameValue(item, wanted[matched])) matched += 1;
    else removed.push(index);
  }
  const inPlace = old.filter((item, index) => index < wanted.length && sameValue(item, wanted[index])).length;
  if (old.length === wanted.length && inPlace >= matched) {
    return wanted.flatMap((value, index) => difference([...path, index], old[index], value));
  }
  if (matched === 0) return [{ path, value: wanted }];
  const added = wanted.slice(matched).map((value, index) => ({ path: [...path, old.length + index], value }));
  return [...added, ...removed.reverse().map((index) => ({ path: [...path, index], value: undefined }))];
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
