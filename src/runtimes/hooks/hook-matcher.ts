import { type HookDialect, toolEvents } from "./hook-dialect.ts";

export type MatcherOutcome =
  | { readonly outcome: "written"; readonly matcher: string }
  | { readonly outcome: "unknown"; readonly why: string };

/** A matcher that is a list of names (Claude Code's documentation): everything else is a regular expression. */
const nameList = /^[A-Za-z0-9_\- ,|]+$/;

/** Claude Code's matcher in a dialect, tool by tool. `matcher` empty stands for everything. */
export function writeMatcher(event: string, matcher: string, dialect: HookDialect): MatcherOutcome {
  const { tools, title, anyMatcher } = dialect;
  if (matcher === "" || matcher === "*") return { outcome: "written", matcher: anyMatcher ?? "" };
  if (tools === null) return { outcome: "written", matcher };
  if (!toolEvents.includes(event)) {
    return { outcome: "unknown", why: `what ${title} matches at this event is not known` };
  }
  if (tools === "unknown") return { outcome: "unknown", why: `how ${title} calls its tools is not known` };
  if (!nameList.test(matcher)) {
    return { outcome: "unknown", why: "its matcher is a regular expression over other names of tools" };
  }
  const names = namesOf(matcher);
  const unknown = names.find((name) => !Object.hasOwn(tools, name));
  if (unknown !== undefined)
    return { outcome: "unknown", why: `${title} has no tool that is known for ${unknown}` };
  return { outcome: "written", matcher: [...new Set(names.map((name) => tools[name] ?? name))].join("|") };
}

/** A dialect's matcher as Claude Code's. Where two tools became one, both are named again. */
export function readMatcher(
  event: string,
  matcher: string,
  { tools, title, anyMatcher }: HookDialect,
): MatcherOutcome {
  if (matcher === "" || matcher === anyMatcher) return { outcome: "written", matcher: "" };
  if (tools === null) return { outcome: "written", matcher };
  const names = toolEvents.includes(event) && nameList.test(matcher) ? namesOf(matcher) : null;
  const known = tools === "unknown" ? [] : Object.entries(tools);
  const read = names?.map((name) => known.flatMap(([tool, native]) => (native === name ? [tool] : [])));
  if (read === undefined || read.some((found) => found.length === 0)) {
    return {
      outcome: "unknown",
      why: `what ${title}'s matcher ${JSON.stringify(matcher)} is elsewhere is not known`,
    };
  }
  return { outcome: "written", matcher: [...new Set(read.flat())].join("|") };
}

function namesOf(matcher: string): readonly string[] {
  return matcher.split(/[|,]/).flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
}
