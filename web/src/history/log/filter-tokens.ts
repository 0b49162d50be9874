import type { OperationFilter } from "../../api/operations.ts";

/** The names of the tokens that a filter of the log knows. */
export const tokenNames = [
  "actor",
  "agent",
  "model",
  "kind",
  "artifact",
  "path",
  "text",
  "since",
] as const satisfies readonly (keyof OperationFilter)[];
export type TokenName = (typeof tokenNames)[number];

/** One condition of a filter. Words without a name are looked for in the text. */
export interface FilterToken {
  readonly name: TokenName;
  readonly value: string;
}

/** Reads `actor:codex model:"opus 4" since:2d lamps`. What stands twice counts as it stands last. */
export function parseTokens(text: string): readonly FilterToken[] {
  const found = new Map<TokenName, string>();
  const words: string[] = [];
  for (const match of text.matchAll(/([a-z]+):(?:"([^"]*)"?|(\S+))|"([^"]*)"?|(\S+)/g)) {
    const [whole, key, quoted, plain, phrase, word] = match;
    const name = tokenNames.find((one) => one === key);
    const value = quoted ?? plain ?? "";
    if (name === undefined) words.push(key === undefined ? (phrase ?? word ?? "") : whole);
    else if (value !== "") {
      found.delete(name);
      found.set(name, value);
    }
  }
  const spoken = [found.get("text"), ...words].filter((one) => one !== undefined && one !== "").join(" ");
  found.delete("text");
  const tokens = [...found].map(([name, value]) => ({ name, value }));
  return spoken === "" ? tokens : [...tokens, { name: "text", value: spoken }];
}

/** The text that is read as these tokens. */
export function formatTokens(tokens: readonly FilterToken[]): string {
  return tokens.map(({ name, value }) => `${name}:${quoted(value)}`).join(" ");
}

function quoted(value: string): string {
  const bare = value.replaceAll('"', "");
  return /^\S+$/.test(bare) ? bare : `"${bare}"`;
}

/** What the server is asked for. A `since` that is no time is left out; `now`: milliseconds since 1970. */
export function filterOf(tokens: readonly FilterToken[], now: number): OperationFilter {
  const filter: { -readonly [Name in keyof OperationFilter]: OperationFilter[Name] } = {};
  for (const { name, value } of tokens) {
    const wanted = name === "since" ? timeSince(value, now) : value;
    if (wanted !== null) filter[name] = wanted;
  }
  return filter;
}

const unitMilliseconds = new Map([
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

/** `30m`, `6h`, `2d`, `1w` before now, or a date; as ISO 8601. */
function timeSince(value: string, now: number): string | null {
  const [, count, unit] = /^(\d{1,4})([mhdw])$/.exec(value) ?? [];
  const length = unitMilliseconds.get(unit ?? "");
  const at = length === undefined ? Date.parse(value) : now - Number(count) * length;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
