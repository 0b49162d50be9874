import type { CallOptions, Environment } from "./environment.ts";
import { shownDecisions } from "./record/decisions.ts";
import { record } from "./record/record.ts";
import { type JudgedSave, judge } from "./submit/judge.ts";
import { KeptTexts } from "./submit/kept-text.ts";
import { mtimeOf, versionWith } from "./submit/main-file.ts";
import { replayedSave } from "./submit/replayed-save.ts";
import type { SavedText, Submission, SubmissionOutcome } from "./submit/submission.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

/**
 * Saves the text of an artifact's main file against what the client knows of the one that it replaces: by the file's
 * time, exactly, or by a version, whose text is compared and merged. A text that is refused is kept (`mineSavedAs`).
 */
export async function submitText(
  environment: Environment,
  options: CallOptions,
  submission: Submission,
): Promise<SubmissionOutcome> {
  return await writing(environment, options, async (bench) => {
    const replayed = await replayedSave(bench, submission);
    if (replayed !== null) return replayed;
    const kept = new KeptTexts(bench);
    const judged = await judge(bench, submission, kept);
    await kept.store();
    return judged.status === "save" ? await recordSave(bench, judged) : judged;
  });
}

async function recordSave(bench: Workbench, save: JudgedSave): Promise<SavedText> {
  const { operation } = await record(bench, save.change);
  return savedText(bench, save, operation);
}

/** A later writer's time is never given as that of this text: 0 is the time of no file. */
function savedText(bench: Workbench, save: JudgedSave, operation: SavedText["operation"]): SavedText {
  const { main, entry, outcome, content, replaced, change } = save;
  return {
    status: "saved",
    outcome,
    version: versionWith(main, entry),
    mtime: mtimeOf(bench, main.file.path, entry.blob) ?? "0",
    operation,
    decisions: shownDecisions(change.decisions ?? []),
    content,
    replaced,
  };
}
