// What is kept of an editor that was not saved.
//
// Invariants
// - What was typed is in a record from the first key on, and the record names the version that it was typed on.
// - A record is removed only when nothing of it is left to keep: it was saved, or discarded by hand.
// - Two tabs, two collections or two scopes never share a record.

import type { ArtifactAddress } from "../../api/artifact-address.ts";
import { type Draft, type EditorState, isDirty } from "../session/editor-state.ts";

/** Where a draft belongs. */
export interface DraftPlace extends ArtifactAddress {
  readonly collection: string;
  readonly scope: string;
  readonly tab: string;
}

export interface DraftRecord extends DraftPlace {
  /** What stands in the editor and was not saved; null where it is saved. */
  readonly typed: Draft | null;
  /** What was set aside and awaits a decision. */
  readonly aside: readonly Draft[];
}

/** The key of a record: no two places have the same one, whatever their names hold. */
export function draftKey({ collection, scope, kind, name, tab }: DraftPlace): string {
  return JSON.stringify([collection, scope, kind, name, tab]);
}

/** The part of every key of an artifact, whatever the tab. */
export function isOfArtifact(record: DraftPlace, place: DraftPlace): boolean {
  return draftKey({ ...record, tab: "" }) === draftKey({ ...place, tab: "" });
}

/** What is to be kept of an editor; null where there is nothing. */
export function recordOf(place: DraftPlace, state: EditorState, at: number): DraftRecord | null {
  const { text, base, drafts } = state;
  const typed = isDirty(state) ? { text, base, at } : null;
  return typed === null && drafts.length === 0 ? null : { ...place, typed, aside: drafts };
}

/** The drafts of records whose tabs are gone, the newest first, each text once. */
export function orphanedDrafts(
  records: readonly DraftRecord[],
  livingTabs: ReadonlySet<string>,
): { readonly drafts: readonly Draft[]; readonly records: readonly DraftRecord[] } {
  const orphans = records.filter(({ tab }) => !livingTabs.has(tab));
  const drafts = orphans.flatMap(({ typed, aside }) => (typed === null ? aside : [typed, ...aside]));
  const newestFirst = drafts.toSorted((one, other) => other.at - one.at);
  const unique = newestFirst.filter(
    (draft, index) =>
      newestFirst.findIndex(
        ({ text, base }) => text === draft.text && base.version === draft.base.version,
      ) === index,
  );
  return { drafts: unique, records: orphans };
}
