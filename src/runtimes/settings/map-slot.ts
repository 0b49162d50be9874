import {
  type FormatDocument,
  type FormatValue,
  isRecord,
  type KeyEdit,
  sameValue,
} from "../../formats/format-value.ts";
import type { KeySlot } from "./key-slot.ts";
import { formatValue, isFormatRecord } from "./key-value.ts";

/** Records by name in one map (`mcpServers`), and what of each is stet's. */
export interface RecordMap {
  readonly container: readonly string[];
  /** Stet's fields, in the order in which a new record has them; all others are the user's. */
  readonly fields: readonly string[];
  /** A record as stet would write it: what says the same comes out the same. Without the user's fields. */
  readonly normal: (name: string, record: FormatValue) => FormatValue;
  /** Whether a record is of another sort altogether: it is nothing to take in. */
  readonly isForeign: (record: FormatValue) => boolean;
}

/** Of each record stet owns the fields that it knows: others that the user or the runtime put beside them stay. */
export function mapSlot(map: RecordMap): KeySlot {
  const { container, fields, normal, isForeign } = map;
  return {
    container,
    parents: () => container.map((_, at) => container.slice(0, at + 1)),
    read(value, whole) {
      const records = mapAt(value, container);
      if (typeof records === "string") return records;
      const found = Object.entries(records).flatMap(([name, record]): [string, FormatValue][] => {
        const written = formatValue(record);
        if (written === undefined || (whole && isForeign(written))) return [];
        const own = normal(name, written);
        return [
          [name, whole && isRecord(written) && isRecord(own) ? { ...foreign(written, fields), ...own } : own],
        ];
      });
      return new Map(found);
    },
    write(document, text, name, value) {
      const records = mapAt(parsed(document, text), container);
      const present = typeof records === "string" ? undefined : formatValue(records[name]);
      return document.edit(text, recordEdits(map, name, present, value));
    },
  };
}

function parsed(document: FormatDocument, text: string): unknown {
  return document.parse(text).value;
}

/** The map that a path of keys leads to, empty where it is absent; a text where something else is there. */
export function mapAt(value: unknown, path: readonly string[]): Readonly<Record<string, unknown>> | string {
  const root = value ?? {};
  if (!isRecord(root)) return "it is not an object of keys";
  let node = root;
  for (const [at, key] of path.entries()) {
    const next: unknown = (Object.hasOwn(node, key) ? node[key] : undefined) ?? {};
    if (!isRecord(next)) return `its \`${path.slice(0, at + 1).join(".")}\` is not an object of keys`;
    node = next;
  }
  return node;
}

function foreign(
  record: Readonly<Record<string, FormatValue>>,
  fields: readonly string[],
): Readonly<Record<string, FormatValue>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !fields.includes(key)));
}

/** Only what says something else than before: `"type": "stdio"` that a user wrote out stays. */
function recordEdits(
  { container, fields, normal }: RecordMap,
  name: string,
  present: FormatValue | undefined,
  value: FormatValue | undefined,
): readonly KeyEdit[] {
  const path = [...container, name];
  const own = present === undefined ? undefined : normal(name, present);
  if (!isRecord(value) || !isRecord(present) || !isRecord(own)) {
    return [{ path, value: value === undefined ? undefined : ordered(value, fields) }];
  }
  // Sets come before removals: a record that is empty for a moment would lose its layout.
  const sets = Object.entries(ordered(value, fields) ?? {})
    .filter(([key, item]) => !sameValue(own[key], item))
    .map(([key, item]) => ({ path: [...path, key], value: item }));
  const removals = Object.keys(own)
    .filter((key) => !Object.hasOwn(value, key))
    .map((key) => ({ path: [...path, key], value: undefined }));
  return [...sets, ...removals];
}

/** A record with its keys in the order that people write them. */
function ordered(value: FormatValue, fields: readonly string[]): FormatValue {
  if (!isFormatRecord(value)) return value;
  const place = (key: string) => (fields.includes(key) ? fields.indexOf(key) : fields.length);
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => place(one) - place(other)));
}
