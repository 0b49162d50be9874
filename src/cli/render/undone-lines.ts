import type { ChangeOutcome, ShownOperation } from "../../app/outcomes.ts";
import type { Screen } from "../screen.ts";
import { changeOutcome, type OutcomeWords } from "./change-outcome.ts";
import { glyph } from "./glyph.ts";
import { shortId } from "./short-id.ts";
import { shownTime } from "./shown-time.ts";
import { visibleLine } from "./visible-text.ts";

/** What was undone, by its author's name, and what that did. */
export function undoneLines(
  screen: Screen,
  outcome: ChangeOutcome & { readonly undone: ShownOperation | null },
  words: OutcomeWords,
): string {
  const { undone } = outcome;
  if (undone === null) return changeOutcome(screen, outcome, words);
  const summary = undone.summary === "" ? undone.kind : undone.summary;
  const what = `${undone.actor.name}'s ${shortId(undone.id)}, ${shownTime(screen, undone.at)}: ${summary}`;
  const lines = changeOutcome(screen, outcome, {
    ...words,
    done: `${words.done} ${visibleLine(what)} ${glyph(screen, "arrow")}`,
  });
  return lines;
}
