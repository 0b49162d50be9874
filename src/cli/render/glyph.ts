import type { Screen } from "../screen.ts";

const glyphs = {
  done: ["✓", "ok"],
  fail: ["✗", "x"],
  note: ["·", "-"],
  up: ["↑", "^"],
  down: ["↓", "v"],
  both: ["⇅", "!"],
  missing: ["+", "+"],
  extra: ["?", "?"],
  blocked: ["⊘", "#"],
  none: ["–", "-"],
  arrow: ["→", "->"],
  back: ["←", "<-"],
  dots: ["…", "..."],
  dot: ["·", "|"],
  change: ["~", "~"],
  add: ["+", "+"],
  remove: ["−", "-"],
} as const;

/** A sign that goes before a word, in ASCII where the terminal's encoding asks for it. */
export function glyph(screen: Screen, name: keyof typeof glyphs): string {
  return glyphs[name][screen.unicode ? 0 : 1];
}
