import type { PlanLine } from "../../app/outcomes.ts";
import type { Screen } from "../screen.ts";
import { paint, type Tone } from "./paint.ts";
import { visibleLine } from "./visible-text.ts";

const tones: Readonly<Record<PlanLine["sign"], Tone>> = {
  "+": "good",
  "~": "warn",
  "-": "bad",
  "?": "warn",
  "=": "quiet",
};

/** The lines of a plan: `+` creates, `~` changes, `-` removes, `?` asks, `=` stays. */
export function planLines(screen: Screen, plan: readonly PlanLine[]): string {
  return plan
    .map((line) => `  ${paint(screen, tones[line.sign], line.sign)} ${visibleLine(line.text)}`)
    .join("\n");
}
