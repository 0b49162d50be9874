import type { Screen } from "../screen.ts";
import { paint, type Tone } from "./paint.ts";
import { visibleText } from "./visible-text.ts";

/** A unified diff without its ruler and with its signs coloured; the signs stay, so colour says nothing alone. */
export function patchText(screen: Screen, patch: string): string {
  return visibleText(patch.replace(/^=+\n/, "").replace(/\n$/, ""))
    .split("\n")
    .map((line) => paint(screen, toneOf(line), line))
    .join("\n");
}

function toneOf(line: string): Tone {
  if (line.startsWith("+++") || line.startsWith("---")) return "strong";
  if (line.startsWith("@@")) return "new";
  if (line.startsWith("+")) return "good";
  return line.startsWith("-") ? "bad" : "plain";
}
