import type { Screen } from "../screen.ts";

/**
 * What a piece of text means; its colour follows. A colour never stands alone: a glyph and a word say the same.
 */
export type Tone = "good" | "warn" | "bad" | "new" | "quiet" | "strong" | "plain";

const codes: Readonly<Record<Tone, readonly [string, string] | null>> = {
  good: ["\u001b[32m", "\u001b[39m"],
  warn: ["\u001b[33m", "\u001b[39m"],
  bad: ["\u001b[31m", "\u001b[39m"],
  new: ["\u001b[36m", "\u001b[39m"],
  quiet: ["\u001b[2m", "\u001b[22m"],
  strong: ["\u001b[1m", "\u001b[22m"],
  plain: null,
};

export function paint(screen: Screen, tone: Tone, text: string): string {
  const code = codes[tone];
  return screen.colour && code !== null && text !== "" ? `${code[0]}${text}${code[1]}` : text;
}
