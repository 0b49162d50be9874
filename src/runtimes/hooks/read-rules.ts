/** One value of a runtime's hooks as a canonical rule. */
import type { HookRule } from "../../artifacts/hook-set.ts";
import { isRecord } from "../../formats/format-value.ts";
import type { HookDialect } from "./hook-dialect.ts";
import { handlersOf, unmarkedText } from "./hook-mark.ts";
import { readMatcher } from "./hook-matcher.ts";

export type ReadRule =
  | { readonly outcome: "read"; readonly rule: Omit<HookRule, "at"> }
  | { readonly outcome: "problem"; readonly why: string };

export function readRule(native: string, value: unknown, dialect: HookDialect): ReadRule {
  const { events, title, layout } = dialect;
  const found = events === null ? native : Object.entries(events).find(([, name]) => name === native)?.[0];
  if (found === undefined) return problem(`${title}'s event ${native} has no name that is known elsewhere`);
  if (!isRecord(value)) return problem(`a rule of ${native} is not an object of keys`);
  const matcher = readMatcher(found, typeof value.matcher === "string" ? value.matcher : "", dialect);
  if (matcher.outcome === "unknown") return problem(matcher.why);
  const handlers: Record<string, unknown>[] = [];
  for (const handler of layout === "groups" ? handlersOf(value) : [value]) {
    const read = isRecord(handler)
      ? readHandler(handler, dialect)
      : `a handler of ${native} is not an object of keys`;
    if (typeof read === "string") return problem(read);
    handlers.push(read);
  }
  return { outcome: "read", rule: { event: found, matcher: matcher.matcher, handlers } };
}

function problem(why: string): ReadRule {
  return { outcome: "problem", why };
}

function readHandler(
  handler: Readonly<Record<string, unknown>>,
  { mark, allHandlers, timeout, command, title, layout }: HookDialect,
): Record<string, unknown> | string {
  const marked = mark === null ? undefined : unmarkedText(handler[mark]);
  // A user's own handler has no mark: what its field says is then its own.
  const message = marked ?? (mark === "statusMessage" ? handler.statusMessage : undefined);
  const told = message === undefined || message === "" ? {} : { statusMessage: message };
  if (allHandlers) {
    const { statusMessage: _, ...rest } = handler;
    return { ...rest, ...told };
  }
  const line = handler[command];
  if (typeof line !== "string") return `a handler of ${title} does not say what to run`;
  const known = [
    "type",
    command,
    timeout.key,
    mark ?? "",
    ...(layout === "groups" ? [] : ["event", "matcher"]),
  ];
  const unknown = Object.keys(handler).find((key) => !known.includes(key));
  if (unknown !== undefined) return `a handler's \`${unknown}\` is ${title}'s own`;
  const limit = handler[timeout.key];
  return {
    type: "command",
    command: line,
    ...(typeof limit === "number" ? { timeout: limit / timeout.perSecond } : {}),
    ...told,
  };
}
