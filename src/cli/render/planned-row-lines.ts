import type { PlanData } from "../../app/plan.ts";
import type { Screen } from "../screen.ts";
import { type Cell, columns } from "./columns.ts";
import type { Tone } from "./paint.ts";
import { visibleLine } from "./visible-text.ts";

type Row = PlanData["rows"][number];

const looks: Readonly<Record<Row["action"], readonly [string, Tone]>> = {
  create: ["+ create", "good"],
  change: ["~ change", "warn"],
  delete: ["- delete", "bad"],
  take: ["< take in", "warn"],
  merge: ["< merge", "warn"],
  ask: ["? ask", "bad"],
};

/** The rows of a plan, then what no plan settles; each with its reason. */
export function plannedRowLines(
  screen: Screen,
  rows: PlanData["rows"],
  left: PlanData["left"],
): readonly string[] {
  const cells = rows.map((row): Cell[] => {
    const [text, tone] = looks[row.action];
    const lost = (row.dropped ?? []).map(({ field }) => field);
    const notes = [
      visibleLine(row.reason),
      ...(row.ticked ? [] : ["only with --delete"]),
      ...(lost.length === 0 ? [] : [`without ${lost.join(", ")}`]),
    ];
    return [
      { text, tone },
      { text: `${row.kind}/${row.name}` },
      { text: row.target },
      { text: notes.join("; "), tone: "quiet" },
    ];
  });
  const waiting = left
    .filter((one) => one.waits)
    .map((one): Cell[] => [
      { text: "? waits", tone: "warn" },
      ...whatCells(one.what),
      { text: visibleLine(one.reason), tone: "quiet" },
    ]);
  return columns(screen, [...cells, ...waiting], "  ");
}

/** `skill/pdf claude:project` in the columns of a row; a target alone in the second of them. */
function whatCells(what: string): readonly Cell[] {
  const cut = what.lastIndexOf(" ");
  return cut < 0
    ? [{ text: "" }, { text: what }]
    : [{ text: what.slice(0, cut) }, { text: what.slice(cut + 1) }];
}
