import { hashIdFromBytes, type ObjectId } from "../domain/ids.ts";
import type { CanonicalMap, CanonicalValue } from "./canonical-value.ts";

/** Reads decoded CBOR as what it must be. Each throws a RangeError that says what it is not. */

/** A map with exactly these keys. */
export function readRecord(value: CanonicalValue | undefined, keys: readonly string[]): CanonicalMap {
  const map = readMap(value);
  if (map.size !== keys.length || !keys.every((key) => map.has(key))) {
    throw new RangeError(`a map with other keys than ${keys.join(", ")}`);
  }
  return map;
}

export function readMap(value: CanonicalValue | undefined): CanonicalMap {
  if (!(value instanceof Map)) throw new RangeError("not a map");
  return value;
}

export function readList(value: CanonicalValue | undefined): readonly CanonicalValue[] {
  if (!Array.isArray(value)) throw new RangeError("not a list");
  return value;
}

export function readText(value: CanonicalValue | undefined): string {
  if (typeof value !== "string") throw new RangeError("not a text");
  return value;
}

export function readTextOrNull(value: CanonicalValue | undefined): string | null {
  return value === null ? null : readText(value);
}

export function readBytes(value: CanonicalValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new RangeError("not a byte string");
  return value;
}

/** An object's id, from the 32 bytes that it has inside CBOR. */
export function readObjectId<Id extends ObjectId>(value: CanonicalValue | undefined): Id {
  return hashIdFromBytes(readBytes(value));
}

/** One of a closed list of words. */
export function readChoice<Choice extends string>(
  value: CanonicalValue | undefined,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((one) => one === value);
  if (choice === undefined) throw new RangeError(`none of ${choices.join(", ")}`);
  return choice;
}

/** A list of exactly `length` items. */
export function readTuple(value: CanonicalValue | undefined, length: number): readonly CanonicalValue[] {
  const list = readList(value);
  if (list.length !== length) throw new RangeError(`a list of ${list.length} items, not ${length}`);
  return list;
}

/** A whole number from 0. */
export function readCount(value: CanonicalValue | undefined): number {
  if (typeof value !== "number" || value < 0) throw new RangeError("not a count");
  return value;
}
