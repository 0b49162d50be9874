import type { Screen } from "../screen.ts";
import { paint, type Tone } from "./paint.ts";
import { visibleLine } from "./visible-text.ts";

/** One line of a plan: `+` creates, `~` changes, `-` removes, `?` asks, `=` stays. */
export interface ShownPlanLine {
  readonly sign: "+" | "~" | "-" | "?" | "=";
  readonly text: string;
}

const tones: Readonly<Record<ShownPlanLine["sign"], Tone>> = {
  "+": "good",
  "~": "warn",
  "-": "bad",
  "?": "warn",
  "=": "quiet",
};

export function planLines(screen: Screen, plan: readonly ShownPlanLine[]): string {
  return plan
    .map((line) => `  ${paint(screen, tones[line.sign], line.sign)} ${visibleLine(line.text)}`)
    .join("\n");
}
