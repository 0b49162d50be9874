import type { Screen } from "../screen.ts";
import { type Cell, columns } from "./columns.ts";
import { counted } from "./counted.ts";
import { glyph } from "./glyph.ts";
import { paint } from "./paint.ts";

/** What a merge of three files came to, and why. */
export function mergedLines(
  screen: Screen,
  merged: {
    readonly outcome: "merged" | "conflict";
    readonly decisions: readonly { readonly rule: string; readonly where: string; readonly mark?: string }[];
    readonly units: readonly { readonly rule: string; readonly where: string }[];
  },
): string {
  const { outcome, decisions, units } = merged;
  const head =
    outcome === "merged"
      ? `${paint(screen, "good", glyph(screen, "done"))} Merged`
      : `${paint(screen, "bad", glyph(screen, "both"))} ${counted(Math.max(units.length, 1), "spot")} to settle`;
  const rows: Cell[][] = [
    ...decisions.map(({ rule, where, mark }): Cell[] => [
      { text: rule, tone: "quiet" },
      { text: where === "" ? "the whole file" : where },
      { text: mark ?? "", tone: "warn" },
    ]),
    ...units.map(({ rule, where }): Cell[] => [
      { text: rule, tone: "bad" },
      { text: where },
      { text: "to settle" },
    ]),
  ];
  return [head, ...columns(screen, rows, "  ")].join("\n");
}
