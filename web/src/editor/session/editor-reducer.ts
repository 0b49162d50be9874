// What an open editor does with all that can happen to it. Pure: who calls it saves, merges and draws.
//
// Invariants
// - What was typed is in `text`, in `saving` or in `drafts` until a version has it or it was discarded by hand; and then
//   `news` still offers it.
// - `base` is a version that the text really descends from. A text that holds nothing of a version is never sent with it
//   as its base: the server would take the other writer's lines for removed ones (BUGS S3).
// - Nothing is sent while spots are open, save by `overwrite`, which says what the person was shown (BUGS S4).
// - What is sent is made of what stands in the editor at that moment: what was typed after a refusal is in it (BUGS S6).

import { overlaps } from "../merging/merge-job.ts";
import type { EditorEvent, Refusal, SaveAnswer } from "./editor-event.ts";
import {
  type Draft,
  type EditorState,
  isDirty,
  presentOutlook,
  sameJob,
  type TextVersion,
  wantedMerge,
} from "./editor-state.ts";

/** An editor that was just opened on a version. */
export function openedOn(path: string, base: TextVersion): EditorState {
  return {
    path,
    base,
    text: base.text,
    theirs: null,
    outlook: null,
    outlookOf: null,
    saving: null,
    settling: null,
    news: null,
    drafts: [],
    gone: null,
  };
}

export function reduceEditor(state: EditorState, event: EditorEvent): EditorState {
  switch (event.type) {
    case "typed":
      return event.text === state.text ? state : { ...state, text: event.text };
    case "arrived":
      return arrived(state, event.version, event.at);
    case "gone":
      return { ...state, gone: { actor: event.actor } };
    case "merged": {
      const wanted = wantedMerge(state);
      const isWanted = wanted !== null && sameJob(wanted, event.job);
      return isWanted ? { ...state, outlook: event.outlook, outlookOf: event.job } : state;
    }
    case "take-in":
      return takenIn(state);
    case "look":
      return state.theirs === null ? state : { ...state, settling: state.settling ?? beginning(null) };
    case "back-to-text":
      return state.settling?.conflict === null ? { ...state, settling: null } : state;
    case "chose":
      return chose(state, event.key, event.choice);
    case "save":
      return save(state);
    case "overwrite":
      return overwrite(state);
    case "saved":
      return saved(state, event.answer);
    case "refused":
      return refused(state, event.refusal, event.present);
    case "failed":
      return { ...state, saving: null, news: { type: "failed", error: event.error } };
    case "reload-theirs":
      return reloaded(state, event.at);
    case "leave":
      return left(state, event.at);
    case "drafts-found":
      return found(state, event.drafts);
    case "draft-use":
      return used(state, event.draft, event.at);
    case "draft-discard":
      return discarded(state, event.draft, event.at);
  }
}

function beginning(conflict: string | null) {
  return { conflict, choices: new Map() };
}

/** A clean text moves on with what is present; over a dirty one the later version waits beside it. */
function arrived(state: EditorState, version: TextVersion, at: number): EditorState {
  const back = { ...state, gone: null };
  // While something is under way, its answer says what is present.
  if (state.saving !== null) return back;
  if (version.version === state.base.version) {
    return { ...back, base: { ...state.base, mtimeNs: version.mtimeNs }, theirs: null, settling: null };
  }
  if (version.version === state.theirs?.version) return back;
  const moved = { ...back, base: version, text: version.text, theirs: null, settling: null };
  if (version.text === state.text) return { ...moved, news: isDirty(state) ? state.news : null };
  if (!isDirty(state)) {
    const before = { text: state.text, base: state.base, at };
    return { ...moved, news: { type: "moved-on", actor: version.actor, before } };
  }
  return { ...back, theirs: version };
}

/** Brings theirs into the text, where the two do not overlap. */
function takenIn(state: EditorState): EditorState {
  const outlook = presentOutlook(state);
  if (state.theirs === null || outlook === null || overlaps(outlook)) return state;
  return {
    ...state,
    base: state.theirs,
    text: outlook.text,
    theirs: null,
    settling: null,
    news: { type: "taken-in", actor: state.theirs.actor },
  };
}

function chose(
  state: EditorState,
  key: string,
  choice: Extract<EditorEvent, { type: "chose" }>["choice"],
): EditorState {
  if (state.settling === null) return state;
  const choices = new Map(state.settling.choices);
  if (choice === null) choices.delete(key);
  else choices.set(key, choice);
  return { ...state, settling: { ...state.settling, choices }, news: null };
}

function save(state: EditorState): EditorState {
  const { base, text, theirs, settling, saving } = state;
  if (saving !== null) return state;
  if (settling !== null && theirs !== null) {
    const outlook = presentOutlook(state);
    if (outlook === null) return state;
    if (outlook.open.length > 0) {
      return { ...state, news: { type: "still-open", units: outlook.open.length } };
    }
    return { ...state, saving: { content: outlook.text, text, base: theirs, force: null }, news: null };
  }
  if (!isDirty(state) && state.gone === null) return { ...state, news: { type: "nothing-to-save" } };
  return { ...state, saving: { content: text, text, base, force: null }, news: null };
}

/** Sends the text with the base that it really has, stale as it is, and the version that the person was shown. */
function overwrite(state: EditorState): EditorState {
  const { base, text, theirs, saving } = state;
  if (saving !== null || theirs === null) return state;
  return { ...state, saving: { content: text, text, base, force: { seen: theirs.version } }, news: null };
}

function saved(state: EditorState, { outcome, present, operation, at }: SaveAnswer): EditorState {
  const { saving, text } = state;
  if (saving === null) return state;
  const type = saving.force === null ? outcome : "replaced";
  const mine = { text: saving.text, base: state.base, at };
  const news = { type, version: present.version, operation, mine } as const;
  const drafts = state.drafts.filter((draft) => draft.text !== present.text);
  const done = { ...state, saving: null, settling: null, theirs: null, drafts, gone: null, news };
  // Nothing was typed meanwhile: the editor shows what is present.
  if (text === saving.text) return { ...done, base: present, text: present.text };
  // The text goes on from what was sent as it stood there, so what was sent is what it was written on.
  if (saving.content === saving.text && present.text === saving.content) return { ...done, base: present };
  // What was sent came together with something else. The text does not have that yet, so its base stays.
  return { ...done, theirs: present };
}

/** The choices that were made stay: they are held by what they answer. */
function refused(state: EditorState, { reason, conflict }: Refusal, present: TextVersion): EditorState {
  const again = state.settling !== null && state.theirs?.version !== present.version;
  const isForced = state.saving?.force !== null && state.saving !== null;
  const choices = state.settling?.choices ?? new Map();
  return {
    ...state,
    saving: null,
    theirs: present,
    settling: { conflict: conflict ?? state.settling?.conflict ?? null, choices },
    news:
      reason === "changed_again" || again || isForced
        ? { type: "changed-again", actor: present.actor }
        : { type: "refused", actor: present.actor, units: 0 },
  };
}

/** Theirs is shown; what stood here is offered as a draft. */
function reloaded(state: EditorState, at: number): EditorState {
  const { theirs } = state;
  if (theirs === null || state.saving !== null) return state;
  const mine: Draft = { text: state.text, base: state.base, at };
  return {
    ...state,
    base: theirs,
    text: theirs.text,
    theirs: null,
    settling: null,
    drafts: isDirty(state) ? [mine, ...state.drafts] : state.drafts,
    news: { type: "reloaded", mine },
  };
}

/** Only what is stored as a conflict can be left: everything else would be lost sight of. */
function left(state: EditorState, at: number): EditorState {
  const conflict = state.settling?.conflict ?? null;
  if (conflict === null || state.theirs === null || state.saving !== null) return state;
  return { ...reloaded(state, at), news: { type: "left", conflict } };
}

/**
 * What was typed before comes back by itself where the version is still the one that it was written on; everything else
 * is offered, never put over something newer (BUGS S5).
 */
function found(state: EditorState, drafts: readonly Draft[]): EditorState {
  const news = drafts.filter(({ text }) => text !== state.text && text !== state.base.text);
  const [first, ...rest] = news;
  if (first === undefined) return state;
  if (isDirty(state) || first.base.version !== state.base.version || state.theirs !== null) {
    return { ...state, drafts: [...news, ...state.drafts] };
  }
  return {
    ...state,
    text: first.text,
    drafts: [...rest, ...state.drafts],
    news: { type: "draft-restored", at: first.at },
  };
}

/**
 * Puts a draft into the editor, on the version that it was written on; what came since is then a later version like any
 * other, and saving over it asks again (BUGS S5). What stands there now is offered in its place.
 */
function used(state: EditorState, draft: Draft, at: number): EditorState {
  if (state.saving !== null) return state;
  const present = state.theirs ?? state.base;
  const others = state.drafts.filter((one) => one !== draft);
  return {
    ...state,
    base: draft.base,
    text: draft.text,
    theirs: draft.base.version === present.version ? null : present,
    settling: null,
    drafts: isDirty(state) ? [{ text: state.text, base: state.base, at }, ...others] : others,
    news: { type: "draft-used" },
  };
}

/** A draft that is discarded, or the text itself, can be brought back from the line that says so. */
function discarded(state: EditorState, draft: Draft | null, at: number): EditorState {
  if (draft !== null) {
    const drafts = state.drafts.filter((one) => one !== draft);
    return { ...state, drafts, news: { type: "draft-discarded", draft } };
  }
  if (!isDirty(state) || state.saving !== null) return state;
  const present = state.theirs ?? state.base;
  const typed = { text: state.text, base: state.base, at };
  return {
    ...state,
    base: present,
    text: present.text,
    theirs: null,
    settling: null,
    news: { type: "draft-discarded", draft: typed },
  };
}
