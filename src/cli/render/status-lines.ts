import type { StatusData, StatusRow } from "../../app/outcomes.ts";
import type { Screen } from "../screen.ts";
import { columns } from "./columns.ts";
import { counted } from "./counted.ts";
import { glyph } from "./glyph.ts";
import { paint, type Tone } from "./paint.ts";
import { shortId } from "./short-id.ts";
import { visibleLine } from "./visible-text.ts";

type Look = readonly [Parameters<typeof glyph>[1], string, Tone];

const looks: Readonly<Record<string, Look>> = {
  "in-sync": ["done", "in sync", "good"],
  native: ["done", "native", "good"],
  behind: ["down", "behind", "new"],
  ahead: ["up", "ahead", "warn"],
  diverged: ["both", "diverged", "bad"],
  missing: ["missing", "missing", "new"],
  extra: ["extra", "extra", "quiet"],
  blocked: ["blocked", "blocked", "bad"],
  unsupported: ["none", "unsupported", "quiet"],
};

/** What differs and which side moved; one calm line where nothing does. */
export function statusLines(
  screen: Screen,
  data: StatusData,
  options: { readonly folder: (path: string) => string; readonly all: boolean },
): string {
  const lines = data.collections.map(
    (one) => `${counted(one.artifacts, "artifact")} in ${options.folder(one.root)}${targetsOf(screen, data)}`,
  );
  const problems = data.rows.some(
    (row) => row.state !== "in-sync" && row.state !== "native" && row.state !== "unsupported",
  );
  const shown = data.rows.filter((row) => options.all || row.state !== "unsupported");
  const rows = columns(
    screen,
    shown.map((row) => rowCells(screen, row)),
    "  ",
  );
  for (const [at, line] of rows.entries()) lines.push(line, ...lossLines(screen, shown[at]));
  if (!options.all) lines.push(...unsupportedLines(screen, data.rows));
  for (const one of data.conflicts) {
    const what = one.kind === null ? one.name : `${one.kind}/${one.name}`;
    lines.push(`  ${paint(screen, "bad", `${glyph(screen, "both")} conflict`)}  ${shortId(one.id)}  ${what}`);
  }
  for (const one of data.pending) {
    lines.push(
      `  ${paint(screen, "warn", `${glyph(screen, "dots")} pending`)}  ${shortId(one.operation)}  ${one.reason}`,
    );
  }
  if (!problems && data.conflicts.length === 0 && data.pending.length === 0) {
    lines.push(`${paint(screen, "good", glyph(screen, "done"))} Everything matches.`);
  }
  return lines.join("\n");
}

/** What the runtime cannot express: no drift, and nothing to be done. */
function lossLines(screen: Screen, row: StatusRow | undefined): string[] {
  return (row?.dropped ?? []).map(
    ({ field, why }) =>
      `      ${paint(screen, "quiet", `without ${visibleLine(field)}: ${visibleLine(why)}`)}`,
  );
}

/** What a runtime has no place for is no work for anybody: one line a target will do. */
function unsupportedLines(screen: Screen, rows: readonly StatusRow[]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (row.state === "unsupported") counts.set(row.target, (counts.get(row.target) ?? 0) + 1);
  }
  return [...counts].map(([target, count]) => {
    const text = `${glyph(screen, "none")} ${counted(count, "artifact")} unsupported by ${target} (stet status --all)`;
    return `  ${paint(screen, "quiet", text)}`;
  });
}

function targetsOf(screen: Screen, data: StatusData): string {
  const names = [...new Set(data.targets.map((one) => one.runtime))];
  return names.length === 0 ? "" : ` ${glyph(screen, "dot")} ${names.join(", ")}`;
}

function rowCells(screen: Screen, row: StatusRow) {
  const [sign, word, tone] = looks[row.state] ?? ["note", row.state, "plain"];
  return [
    { text: `${glyph(screen, sign)} ${word}`, tone },
    { text: `${row.kind}/${row.name}` },
    { text: row.target },
    { text: row.reason, tone: "quiet" as const },
  ];
}
