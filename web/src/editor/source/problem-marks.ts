import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { TextProblem } from "../merging/find-problems.ts";

export const showProblems = StateEffect.define<readonly TextProblem[]>();

const marks = {
  error: Decoration.line({ class: "cm-problem-error" }),
  warning: Decoration.line({ class: "cm-problem" }),
};

/** A bar beside each line that something is to be said of. What it is stands in the list beside the text. */
export const problemMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    const told = transaction.effects.find((effect) => effect.is(showProblems));
    if (told === undefined) return shown.map(transaction.changes);
    const builder = new RangeSetBuilder<Decoration>();
    const lines = new Map<number, "error" | "warning">();
    for (const { line, severity } of told.value) {
      if (line === null || severity === "note" || line > transaction.state.doc.lines) continue;
      if (lines.get(line) !== "error") lines.set(line, severity);
    }
    for (const [line, severity] of [...lines].sort(([one], [other]) => one - other)) {
      const { from } = transaction.state.doc.line(line);
      builder.add(from, from, marks[severity]);
    }
    return builder.finish();
  },
  provide: (field) => EditorView.decorations.from(field),
});
