import type { ApplyData } from "../../app/apply.ts";
import type { Screen } from "../screen.ts";
import { type Cell, columns } from "./columns.ts";
import { glyph } from "./glyph.ts";
import { visibleLine } from "./visible-text.ts";

/** The rows of a plan that were not done, each with what changed since and what it would be now. */
export function movedRowLines(screen: Screen, moved: ApplyData["moved"]): readonly string[] {
  const cells = moved.map(({ row, since, now }): Cell[] => {
    const changed = since.map(({ place, path }) => (place === "store" ? path : `${row.target}:${path}`));
    const why =
      changed.length === 0
        ? "what it rests on is the same, and what becomes of it is not"
        : changed.join(", ");
    return [
      { text: `${glyph(screen, "none")} planned anew`, tone: "warn" },
      { text: `${row.kind}/${row.name}` },
      { text: row.target },
      {
        text: visibleLine(`changed since: ${why}; now ${now === null ? "nothing to do" : now.action}`),
        tone: "quiet",
      },
    ];
  });
  return columns(screen, cells, "  ");
}
