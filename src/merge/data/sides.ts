import { sameValue } from "../../formats/format-value.ts";

/** One spot of a document as three versions have it; undefined where a version has nothing there. */
export interface Sides<Value> {
  readonly base: Value | undefined;
  readonly yours: Value;
  readonly theirs: Value;
}

export type ValueSides = Sides<unknown>;

/** A place in a document. `path` names the items of lists by name where they have one, else by position. */
export interface Spot {
  readonly path: readonly string[];
  /** For people: `hooks.PreToolUse[0].command`. */
  readonly where: string;
}

export function keySpot(parent: Spot, key: string): Spot {
  const shown = /^[\w@$/-]+$/.test(key) ? key : JSON.stringify(key);
  const isFirst = parent.path.length === 0;
  return { path: [...parent.path, key], where: parent.where + (isFirst ? "" : ".") + shown };
}

export function itemSpot(parent: Spot, item: string | number): Spot {
  return { path: [...parent.path, String(item)], where: `${parent.where}[${item}]` };
}

/** Whether two versions have the same there; absent is the same only as absent. */
export function sameThere(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other;
  return sameValue(one, other);
}

/** A text that is the same exactly for equal values, whatever the order of their keys. */
export function valueKey(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueKey).join(",")}]`;
  if (value instanceof Date) return `date ${value.toISOString()}`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}:${valueKey(child)}`);
    return `{${members.sort().join(",")}}`;
  }
  return typeof value === "string" ? JSON.stringify(value) : `${typeof value} ${String(value)}`;
}
