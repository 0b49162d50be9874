/** A canonical hook set in one runtime's form. A rule that cannot be said there is left out whole, and named. */
import type { HookHandler, HookRule } from "../../artifacts/hook-set.ts";
import { type FormatValue, isList, isRecord } from "../../formats/format-value.ts";
import type { DroppedField } from "../adapters/adapter.ts";
import { formatValue, isFormatRecord } from "../settings/key-value.ts";
import type { HookDialect } from "./hook-dialect.ts";
import { markedText } from "./hook-mark.ts";
import { writeMatcher } from "./hook-matcher.ts";

/** One rule as it is written, and which canonical one it is. */
export interface WrittenRule {
  readonly source: HookRule;
  readonly event: string;
  readonly matcher: string;
  /** The rule's values in the runtime's lists: a group, or one for each handler. */
  readonly values: readonly FormatValue[];
}

export interface WrittenRules {
  readonly rules: readonly WrittenRule[];
  readonly dropped: readonly DroppedField[];
}

/** A rule of the user's: its event and matcher, as the runtime writes them. */
export interface UserRule {
  readonly event: string;
  readonly matcher: string;
}

export function writeRules(
  rules: readonly HookRule[],
  dialect: HookDialect,
  users: readonly UserRule[],
): WrittenRules {
  const written: WrittenRule[] = [];
  const dropped: DroppedField[] = [];
  for (const rule of rules) {
    const field = ruleName(rule);
    const one = writeRule(rule, dialect, (why) => dropped.push({ field, why }));
    const isTheirs = users.some(({ event, matcher }) => event === one?.event && matcher === one.matcher);
    if (isTheirs)
      dropped.push({ field, why: "your own rule for the same event and matcher is there, and wins" });
    else if (one !== null) written.push(one);
  }
  return { rules: written, dropped };
}

/** How a rule is called where it is named: `PreToolUse Bash`. */
function ruleName({ event, matcher }: Pick<HookRule, "event" | "matcher">): string {
  return matcher === "" ? event : `${event} ${matcher}`;
}

function writeRule(rule: HookRule, dialect: HookDialect, note: (why: string) => void): WrittenRule | null {
  const { title, events, layout } = dialect;
  const event =
    events === null ? rule.event : Object.hasOwn(events, rule.event) ? events[rule.event] : undefined;
  if (event === undefined) {
    note(`${title} has no event that is known for ${rule.event}`);
    return null;
  }
  const matcher = writeMatcher(rule.event, rule.matcher, dialect);
  if (matcher.outcome === "unknown") {
    note(matcher.why);
    return null;
  }
  const handlers: Record<string, FormatValue>[] = [];
  for (const handler of rule.handlers) {
    const written = writeHandler(handler, rule, dialect, note);
    if (typeof written === "string") {
      note(written);
      return null;
    }
    handlers.push(written);
  }
  if (handlers.length === 0) return null;
  const matching = matcher.matcher === "" ? {} : { matcher: matcher.matcher };
  const values =
    layout === "groups"
      ? [{ ...matching, hooks: handlers }]
      : handlers.map((one) => ({ ...(layout === "entries" ? { event } : {}), ...matching, ...one }));
  return { source: rule, event, matcher: matcher.matcher, values };
}

const common = ["type", "command", "timeout", "statusMessage"];

/** A handler in the dialect; a text says why it would be another one there. */
function writeHandler(
  handler: HookHandler,
  { event }: HookRule,
  dialect: HookDialect,
  note: (why: string) => void,
): Record<string, FormatValue> | string {
  const { title, mark, allHandlers, timeout, secondsMost, command, type } = dialect;
  const message = typeof handler.statusMessage === "string" ? handler.statusMessage : "";
  const marked = mark === null ? {} : { [mark]: markedText(message) };
  if (allHandlers) {
    const whole = formatValue(handler);
    return isFormatRecord(whole) ? { ...whole, ...marked } : "a handler holds what JSON cannot";
  }
  if ((handler.type ?? "command") !== "command" || typeof handler.command !== "string") {
    return `${title} runs commands alone, and a handler is of type ${JSON.stringify(handler.type)}`;
  }
  const unknown = Object.keys(handler).find((key) => !common.includes(key));
  if (unknown !== undefined) return `${title} has nothing that is known for a handler's \`${unknown}\``;
  const seconds = typeof handler.timeout === "number" ? handler.timeout : null;
  const most = secondsMost[event] ?? Number.POSITIVE_INFINITY;
  if (seconds !== null && seconds > most) note(`${title} lets it take ${most} seconds at most`);
  return {
    ...(type === null ? {} : { type }),
    [command]: handler.command,
    ...(seconds === null ? {} : { [timeout.key]: Math.min(seconds, most) * timeout.perSecond }),
    ...marked,
  };
}

/** The rules as the value that the runtime's file holds; undefined for none. */
export function ruleValue(rules: readonly WrittenRule[], { layout }: HookDialect): FormatValue | undefined {
  if (rules.length === 0) return undefined;
  if (layout === "entries") return rules.flatMap(({ values }) => values);
  const events = new Map<string, FormatValue[]>();
  for (const { event, values } of rules) events.set(event, [...(events.get(event) ?? []), ...values]);
  return Object.fromEntries(events);
}

/** The values of a runtime's file one by one, each with its event. */
export function valuesOf(
  value: unknown,
  { layout }: HookDialect,
): readonly { event: string; value: unknown }[] {
  if (layout === "entries") {
    const entries = isList(value) ? value : [];
    return entries.map((one) => ({
      event: isRecord(one) && typeof one.event === "string" ? one.event : "",
      value: one,
    }));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([event, list]) =>
    (isList(list) ? list : []).map((one) => ({ event, value: one })),
  );
}
