/**
 * Stet's rules in a file where the user has rules as well: `{"hooks": {"<event>": [{"matcher", "hooks"}]}}`.
 *
 * Invariants:
 * - a rule that holds no handler with stet's mark is never touched, and neither is a handler without it;
 * - rules that stay keep their place and bytes; new ones come last.
 */
import {
  type FormatDocument,
  type FormatValue,
  isList,
  isRecord,
  type KeyEdit,
  sameValue,
} from "../../formats/format-value.ts";
import type { KeySlot } from "../settings/key-slot.ts";
import { formatValue, isFormatRecord } from "../settings/key-value.ts";
import { mapAt } from "../settings/map-slot.ts";
import { handlersOf, ownerOf } from "./hook-mark.ts";
import { inReadingOrder } from "./reading-order.ts";

const container = ["hooks"];

/** @param field the handler's field that carries the mark. */
export function ruleSlot(field: string): KeySlot {
  return {
    container,
    parents: (value) => [
      container,
      ...Object.keys(isFormatRecord(value) ? value : {}).map((event) => [...container, event]),
    ],
    read(value) {
      const events = mapAt(value, container);
      if (typeof events === "string") return events;
      for (const [event, groups] of Object.entries(events)) {
        if (!isList(groups)) return `its hooks of ${event} are not a list`;
      }
      return new Map(
        (["hooks", "capture"] as const).flatMap((owner): [string, FormatValue][] => {
          const rules = ownedRules(events, owner, field);
          return Object.keys(rules).length === 0 ? [] : [[owner, rules]];
        }),
      );
    },
    write(document, text, name, value) {
      const events = eventsOf(document, text);
      const ordered = value === undefined ? undefined : inReadingOrder(value);
      const wanted = isFormatRecord(ordered) ? ordered : {};
      const names = new Set([...Object.keys(events), ...Object.keys(wanted)]);
      const edits = [...names].flatMap((event) => {
        const list = wanted[event];
        return eventEdits({
          event,
          groups: listOf(events[event]),
          wanted: isList(list) ? list : [],
          name,
          field,
        });
      });
      return document.edit(text, edits);
    },
    foreign(value) {
      const events = mapAt(value, container);
      const rules = typeof events === "string" ? {} : ownedRules(events, null, field);
      return Object.keys(rules).length === 0 ? new Map() : new Map([["hooks", rules]]);
    },
  };
}

function eventsOf(document: FormatDocument, text: string): Readonly<Record<string, unknown>> {
  const events = mapAt(document.parse(text).value, container);
  return typeof events === "string" ? {} : events;
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

/** The rules of one owner by event, with that owner's handlers alone. Null: what is neither's of stet's marks. */
export function ownedRules(
  events: Readonly<Record<string, unknown>>,
  owner: "hooks" | "capture" | null,
  field: string,
): Readonly<Record<string, readonly FormatValue[]>> {
  const found = Object.entries(events).flatMap(([event, groups]): [string, readonly FormatValue[]][] => {
    const own = listOf(groups).flatMap((group) => ownPart(group, owner, field) ?? []);
    return own.length === 0 ? [] : [[event, own]];
  });
  return Object.fromEntries(found);
}

function ownPart(group: unknown, owner: "hooks" | "capture" | null, field: string): FormatValue | null {
  const handlers = handlersOf(group).filter((handler) => ownerOf(handler, field) === owner);
  if (handlers.length === 0 || !isRecord(group)) return null;
  return formatValue({ ...group, hooks: handlers }) ?? null;
}

interface EventEdit {
  readonly event: string;
  readonly groups: readonly unknown[];
  readonly wanted: readonly FormatValue[];
  readonly name: string;
  readonly field: string;
}

function eventEdits({ event, groups, wanted, name, field }: EventEdit): readonly KeyEdit[] {
  const owner = name === "capture" ? "capture" : "hooks";
  const own = [...groups.entries()].flatMap(([at, group]) => {
    const part = ownPart(group, owner, field);
    if (part === null) return [];
    return [{ at, part, isWhole: handlersOf(group).every((one) => ownerOf(one, field) === owner) }];
  });
  const path = ["hooks", event];
  const sets: KeyEdit[] = [];
  const removals: KeyEdit[] = [];
  const rest = [...wanted];
  for (const { at, part, isWhole } of own) {
    const next = rest[0];
    if (next !== undefined && (isWhole || sameValue(part, next))) {
      rest.shift();
      if (isWhole) sets.push({ path: [...path, at], value: next });
      continue;
    }
    if (isWhole) removals.unshift({ path: [...path, at], value: undefined });
    else removals.unshift(...handlerRemovals(groups[at], [...path, at], owner, field));
  }
  // New ones are added before others go: a list that is empty for a moment would lose its layout.
  const added = rest.map((value, index) => ({ path: [...path, groups.length + index], value }));
  return [...sets, ...added, ...removals];
}

function handlerRemovals(
  group: unknown,
  path: readonly (string | number)[],
  owner: "hooks" | "capture",
  field: string,
): readonly KeyEdit[] {
  return [...handlersOf(group).entries()]
    .filter(([, handler]) => ownerOf(handler, field) === owner)
    .map(([at]) => ({ path: [...path, "hooks", at], value: undefined }))
    .reverse();
}
