import type { ChangeOutcome, ShownChange } from "../../app/outcomes.ts";
import type { Screen } from "../screen.ts";
import { type Cell, columns } from "./columns.ts";
import { counted } from "./counted.ts";
import { glyph } from "./glyph.ts";
import { paint } from "./paint.ts";
import { shortId } from "./short-id.ts";
import { visibleLine } from "./visible-text.ts";

/** So many changed paths are named in the headline; with more, they are counted. */
const pathsNamedMax = 2;

const decisionsShownMax = 8;

/** Words for one verb: `Saved`, and what is said where there was nothing to do. */
export interface OutcomeWords {
  readonly done: string;
  readonly nothing: string;
  /** What the verb says already, so that it need not be said of each file. */
  readonly implies?: "new" | "removed";
}

/**
 * What a change did, in one line where all went well; then one line for each row that was left alone and for
 * the conflicts.
 */
export function changeOutcome(screen: Screen, outcome: ChangeOutcome, words: OutcomeWords): string {
  const lines = [headline(screen, outcome, words)];
  lines.push(
    ...columns(
      screen,
      outcome.skipped.map((one) => [
        { text: `${glyph(screen, "none")} left alone`, tone: "warn" },
        { text: one.what },
        { text: one.reason, tone: "quiet" },
      ]),
      "  ",
    ),
  );
  lines.push(...columns(screen, notedDecisions(outcome), "  "));
  for (const id of outcome.conflicts) {
    lines.push(`  ${paint(screen, "bad", `${glyph(screen, "both")} conflict`)}  ${shortId(id)}`);
  }
  return lines.join("\n");
}

/** What was merged inside files; of many spots only those that are worth a look. */
function notedDecisions({ decisions }: ChangeOutcome): Cell[][] {
  const shown =
    decisions.length <= decisionsShownMax ? decisions : decisions.filter(({ mark, took }) => mark ?? took);
  return shown.slice(0, decisionsShownMax).map(({ path, rule, where, mark, took }) => {
    const notes = [took === null ? null : `took ${took}`, mark].filter((note) => note !== null);
    const place = where === "" ? path : `${path}: ${where}`;
    return [
      { text: "merged", tone: "quiet" },
      { text: rule, tone: "quiet" },
      { text: place },
      { text: notes.join(", "), tone: "warn" },
    ];
  });
}

function headline(screen: Screen, outcome: ChangeOutcome, words: OutcomeWords): string {
  if (outcome.operation === null && outcome.changed.length === 0) {
    return `${paint(screen, "quiet", glyph(screen, "note"))} ${words.nothing}`;
  }
  const isUnsettled = outcome.changed.length === 0 && outcome.conflicts.length > 0;
  const parts = [
    isUnsettled
      ? `${paint(screen, "bad", glyph(screen, "both"))} Nothing was overwritten; both sides are kept`
      : `${paint(screen, "good", glyph(screen, "done"))} ${words.done} ${changedWhat(outcome.changed, words)}`,
  ];
  if (outcome.operation !== null) parts.push(paint(screen, "quiet", shortId(outcome.operation)));
  return parts.join("  ");
}

function changedWhat(changed: readonly ShownChange[], words: OutcomeWords): string {
  if (changed.length === 0) return "(no file changed)";
  if (changed.length > pathsNamedMax) return counted(changed.length, "file");
  return changed
    .map((one) => {
      const word = changeWord(one);
      return visibleLine(word === null || word === words.implies ? one.path : `${one.path} (${word})`);
    })
    .join(" and ");
}

function changeWord(change: ShownChange): "new" | "removed" | null {
  if (change.before === null) return "new";
  return change.after === null ? "removed" : null;
}
