import { StetError } from "../domain/errors.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { shownDecisions } from "./record/decisions.ts";
import { recordTogether } from "./record/record.ts";
import { type JudgedSave, type Judgement, judge } from "./submit/judge.ts";
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
  const [outcome] = await submitTexts(environment, options, [submission]);
  if (outcome === undefined) throw new RangeError("a submission without an outcome");
  return outcome;
}

/**
 * The same for texts of different artifacts at once: under one lock, after one look at the disk and in one
 * transaction, each an operation of its own. Where they cannot be recorded together, each is tried alone.
 */
export async function submitTexts(
  environment: Environment,
  options: CallOptions,
  submissions: readonly Submission[],
): Promise<readonly SubmissionOutcome[]> {
  return await writing(environment, options, async (bench) => {
    const kept = new KeptTexts(bench);
    const judged: Judgement[] = [];
    for (const submission of submissions) {
      judged.push((await replayedSave(bench, submission)) ?? (await judge(bench, submission, kept)));
    }
    await kept.store();
    const saved = await recordSaves(bench, judged.filter(isSave));
    return judged.map((one) => (isSave(one) ? (saved.get(one) ?? notRecorded()) : one));
  });
}

function isSave(judged: Judgement): judged is JudgedSave {
  return judged.status === "save";
}

type Recorded = ReadonlyMap<JudgedSave, SubmissionOutcome>;

async function recordSaves(bench: Workbench, saves: readonly JudgedSave[]): Promise<Recorded> {
  try {
    const outcomes = await recordTogether(
      bench,
      saves.map((save) => save.change),
    );
    return new Map(saves.map((save, at) => [save, savedText(bench, save, outcomes[at]?.operation ?? null)]));
  } catch (error) {
    // One that can be tried again is; else the fault of one must not be that of all.
    if (!(error instanceof StetError) || error.code === "E-STALE" || saves.length < 2) throw error;
    const alone = new Map<JudgedSave, SubmissionOutcome>();
    for (const save of saves) alone.set(save, await recordAlone(bench, save));
    return alone;
  }
}

async function recordAlone(bench: Workbench, save: JudgedSave): Promise<SubmissionOutcome> {
  try {
    return (await recordSaves(bench, [save])).get(save) ?? notRecorded();
  } catch (error) {
    if (!(error instanceof StetError)) throw error;
    return { status: "failed", error, mineSavedAs: null };
  }
}

function notRecorded(): never {
  throw new RangeError("a save without an outcome");
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
