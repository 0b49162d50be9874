import type { UnitChoice } from "../../../../src/domain/conflicts.ts";
import type { MergeJob, MergeOutlook } from "../merging/merge-job.ts";

/** A version of an artifact's text, as the server has it. */
export interface TextVersion {
  readonly version: string;
  /** The file's time in nanoseconds, as the server said it; null where there is no file. */
  readonly mtimeNs: string | null;
  readonly text: string;
  /** Who made it; null where that is not known. */
  readonly actor: string | null;
  /** Milliseconds since 1970; null where that is not known. */
  readonly at: number | null;
}

/** A text that was typed and not saved, with the version that it was written on. */
export interface Draft {
  readonly text: string;
  readonly base: TextVersion;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the editor holds of one artifact. */
export interface EditorState {
  readonly path: string;
  /** The version that the text was written on: what a save says that it replaces. */
  readonly base: TextVersion;
  /** What stands in the editor. */
  readonly text: string;
  /** A later version that is not in the text yet. */
  readonly theirs: TextVersion | null;
  /** How the text and `theirs` come together, for exactly the texts of `outlookOf`. */
  readonly outlook: MergeOutlook | null;
  readonly outlookOf: MergeJob | null;
  readonly saving: Submission | null;
  /** Set while overlaps are being settled. */
  readonly settling: Settling | null;
  /** What was done last, to be said in one line. */
  readonly news: News | null;
  /** What was typed before and awaits a decision, the newest first. */
  readonly drafts: readonly Draft[];
  /** The artifact is no longer there; who removed it, where that is known. */
  readonly gone: { readonly actor: string | null } | null;
}

/** What was sent and has no answer yet. */
export interface Submission {
  readonly content: string;
  /** What stood in the editor then. */
  readonly text: string;
  readonly base: TextVersion;
  readonly force: { readonly seen: string } | null;
}

export interface Settling {
  /** The stored conflict; null where nothing was refused yet and it is only looked at. */
  readonly conflict: string | null;
  readonly choices: ReadonlyMap<string, UnitChoice>;
}

export type News =
  | {
      readonly type: "saved" | "unchanged" | "merged" | "replaced";
      readonly version: string;
      readonly operation: string | null;
      /** What was sent, on the version that it was written on: taking a merge back brings it into the editor again. */
      readonly mine: Draft;
    }
  | { readonly type: "nothing-to-save" }
  | { readonly type: "moved-on"; readonly actor: string | null; readonly before: Draft | null }
  | { readonly type: "taken-in"; readonly actor: string | null }
  | { readonly type: "refused"; readonly actor: string | null; readonly units: number }
  | { readonly type: "changed-again"; readonly actor: string | null }
  | { readonly type: "still-open"; readonly units: number }
  | { readonly type: "reloaded"; readonly mine: Draft }
  | { readonly type: "left"; readonly conflict: string }
  | { readonly type: "draft-restored"; readonly at: number }
  | { readonly type: "draft-used" }
  | { readonly type: "draft-discarded"; readonly draft: Draft }
  | { readonly type: "failed"; readonly error: unknown };

/** Whether something stands in the editor that the version it was written on does not have. */
export function isDirty({ text, base }: EditorState): boolean {
  return text !== base.text;
}

/** The outlook, where it is of what stands in the editor now. */
export function presentOutlook(state: EditorState): MergeOutlook | null {
  const wanted = wantedMerge(state);
  const { outlook, outlookOf } = state;
  return wanted !== null && outlookOf !== null && sameJob(wanted, outlookOf) ? outlook : null;
}

/** What is to be merged to know how the text and `theirs` come together; null where there is nothing to know. */
export function wantedMerge(state: EditorState): MergeJob | null {
  const { path, base, text, theirs, settling } = state;
  if (theirs === null) return null;
  const choices = settling?.choices ?? noChoices;
  return { path, base: base.text, yours: text, theirs: theirs.text, choices };
}

const noChoices: ReadonlyMap<string, UnitChoice> = new Map();

export function sameJob(one: MergeJob, other: MergeJob): boolean {
  return (
    one.base === other.base &&
    one.yours === other.yours &&
    one.theirs === other.theirs &&
    one.choices === other.choices
  );
}
