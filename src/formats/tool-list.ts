import { isList } from "./format-value.ts";

/**
 * The tools that a field names: a list, or one text parted by commas, or by blanks where it has no comma
 * outside brackets (`Bash(git:*) Bash(jq:*) Read`). Null where the field is neither.
 */
export function toolList(value: unknown): readonly string[] | null {
  if (isList(value))
    return value.filter((item) => typeof item === "string").flatMap((item) => toolList(item) ?? []);
  if (typeof value !== "string") return null;
  const byComma = splitOutsideBrackets(value, ",");
  const parts = byComma.length > 1 ? byComma : splitOutsideBrackets(value, " \t\n");
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** Tools of the first list that the second no longer allows. `Bash` allows `Bash(git:*)`; `*` allows all. */
export function toolsLost(before: readonly string[], after: readonly string[]): readonly string[] {
  const allowed = new Set(after);
  if (allowed.has("*")) return [];
  return before.filter((tool) => !allowed.has(tool) && !allowed.has(tool.split("(", 1)[0] ?? tool));
}

function splitOutsideBrackets(text: string, separators: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const character of text) {
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth = Math.max(0, depth - 1);
    if (depth === 0 && separators.includes(character)) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part];
}
