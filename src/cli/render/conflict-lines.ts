import type { ShownConflict, ShownUnit } from "../../app/conflicts/shown-conflict.ts";
import type { ConflictData } from "../../app/conflicts.ts";
import type { Screen } from "../screen.ts";
import { columns } from "./columns.ts";
import { counted } from "./counted.ts";
import { glyph } from "./glyph.ts";
import { paint } from "./paint.ts";
import { shortId } from "./short-id.ts";
import { shownTime } from "./shown-time.ts";
import { exactLine, visibleLine } from "./visible-text.ts";

/** Open and settled conflicts, with who is on either side and the blob to look at it by. */
export function conflictLines(screen: Screen, conflicts: readonly ShownConflict[]): string {
  if (conflicts.length === 0)
    return `${paint(screen, "good", glyph(screen, "done"))} Nothing waits for a decision.`;
  const rows = conflicts.map((one) => [
    one.settledBy !== null
      ? { text: `${glyph(screen, "done")} settled`, tone: "good" as const }
      : { text: `${glyph(screen, "both")} open`, tone: "bad" as const },
    { text: shortId(one.id), tone: "new" as const },
    { text: one.artifact ?? one.path, tone: "strong" as const },
    { text: whereOf(one), tone: "quiet" as const },
    { text: `yours: ${side(one.yours)}` },
    { text: `theirs: ${side(one.theirs)}` },
  ]);
  return columns(screen, rows).join("\n");
}

/** One conflict with both sides of each spot, as far as they fit on a screen. */
export function conflictCard(screen: Screen, data: ConflictData): string {
  const { yours, theirs, units } = data;
  const lines = [
    [
      paint(screen, "bad", glyph(screen, "both")),
      paint(screen, "strong", visibleLine(data.artifact ?? data.path)),
      paint(screen, "new", shortId(data.id)),
      paint(screen, "quiet", shownTime(screen, data.openedAt)),
    ].join("  "),
    ...columns(
      screen,
      [
        [{ text: "yours", tone: "quiet" }, { text: side(yours) }],
        [{ text: "theirs, in place", tone: "quiet" }, { text: side(theirs) }],
      ],
      "  ",
    ),
  ];
  if (data.hasMovedOn) lines.push("  Theirs has moved on since: this is how it stands now.");
  if (units.length === 0) lines.push("", `  ${wholeFile(data)}`);
  for (const unit of units) lines.push("", ...unitLines(screen, unit, units.length));
  return lines.join("\n");
}

function wholeFile({ merged, rule }: ConflictData): string {
  return merged === null ? `The file as a whole is the spot (${rule}).` : "Nothing overlaps any more.";
}

const linesShownMax = 12;

function unitLines(screen: Screen, unit: ShownUnit, count: number): readonly string[] {
  const marks = [unit.rule, unit.mark, unit.choice === null ? null : `chosen: ${unit.choice}`];
  const notes = marks.filter((mark) => mark !== null).join(", ");
  const head = `Spot ${unit.number} of ${count}${unit.where === "" ? "" : `: ${visibleLine(unit.where)}`}`;
  return [
    `  ${paint(screen, "strong", head)}  ${paint(screen, "quiet", notes)}`,
    ...textLines(screen, "before", unit.base),
    ...textLines(screen, "yours", unit.yours),
    ...textLines(screen, "theirs", unit.theirs),
  ];
}

function textLines(screen: Screen, name: string, text: string | null): readonly string[] {
  const label = name.padEnd(8);
  if (text === null) return [`    ${paint(screen, "quiet", label)}${paint(screen, "quiet", "(nothing)")}`];
  const all = text.replace(/\n$/, "").split("\n");
  const lines = all.slice(0, linesShownMax).map((line, index) => {
    const before = index === 0 ? label : " ".repeat(label.length);
    return `    ${paint(screen, "quiet", before)}${exactLine(line)}`.trimEnd();
  });
  const rest = all.length - linesShownMax;
  return rest > 0 ? [...lines, `    ${" ".repeat(label.length)}... ${counted(rest, "more line")}`] : lines;
}

function whereOf({ where, rule }: ShownConflict): string {
  const [first] = where;
  if (first === undefined || first === "") return rule;
  return where.length === 1 ? `${rule} ${first}` : `${rule} ${first} and ${where.length - 1} more`;
}

function side({ blob, actor }: ShownConflict["yours"]): string {
  return `${actor.name} ${blob === null ? "(removed)" : shortId(blob)}`;
}
