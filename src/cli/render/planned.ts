import type { PlanLine } from "../../app/outcomes.ts";
import type { Screen } from "../screen.ts";
import { doneLine } from "./done-line.ts";
import { planLines } from "./plan-lines.ts";

/** A plan that was carried out, or is only shown. Whoever was asked has seen it above the question. */
export function planned(
  screen: Screen,
  parts: {
    readonly plan: readonly PlanLine[];
    readonly written: boolean;
    readonly operation: string | null;
    readonly done: string;
    readonly wasAsked: boolean;
  },
): string {
  if (parts.written) return doneLine(screen, parts.done, parts.operation);
  return [...(parts.wasAsked ? [] : [planLines(screen, parts.plan)]), "Nothing was written."].join("\n");
}
