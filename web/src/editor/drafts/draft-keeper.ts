import type { Draft, EditorState } from "../session/editor-state.ts";
import { type DraftPlace, draftKey, orphanedDrafts, recordOf } from "./draft-record.ts";
import { draftsOf, livingTabs, putDraft, removeDraft } from "./draft-store.ts";

const betweenMilliseconds = 300;
const mirrorMilliseconds = 2_000;

/** A copy of the drafts beyond this browser. */
export interface DraftMirror {
  readonly put: (draft: Draft) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/**
 * Keeps what was typed into one editor: the first key at once, later ones a few times a second, and what is left when the
 * page is hidden. A mirror that cannot be reached holds nothing up.
 */
export class DraftKeeper {
  readonly #place: DraftPlace;
  readonly #mirror: DraftMirror;
  #state: EditorState | null = null;
  #kept: EditorState | null = null;
  #isKept = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #mirrorTimer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  readonly #onHide = () => this.#write();

  constructor(place: DraftPlace, mirror: DraftMirror) {
    this.#place = place;
    this.#mirror = mirror;
    addEventListener("pagehide", this.#onHide);
    document.addEventListener("visibilitychange", this.#onHide);
  }

  /** What tabs that are gone have left of this artifact. It is this tab's from here on. */
  async adopt(): Promise<readonly Draft[]> {
    const [records, tabs] = await Promise.all([draftsOf(this.#place), livingTabs()]);
    const others = new Set([...tabs].filter((tab) => tab !== this.#place.tab));
    const { drafts, records: orphans } = orphanedDrafts(records, others);
    if (drafts.length > 0) await putDraft({ ...this.#place, typed: null, aside: drafts });
    this.#isKept = drafts.length > 0;
    const own = draftKey(this.#place);
    await Promise.all(orphans.filter((record) => draftKey(record) !== own).map(removeDraft));
    return drafts;
  }

  /** Takes note of how the editor is. */
  note(state: EditorState): void {
    const before = this.#state;
    this.#state = state;
    if (
      before !== null &&
      before.text === state.text &&
      before.base === state.base &&
      before.drafts === state.drafts
    )
      return;
    if (!this.#isKept) {
      this.#write();
      return;
    }
    // Not put off by further keys: who types on for ten minutes is kept all the while.
    this.#timer ??= setTimeout(() => this.#write(), betweenMilliseconds);
  }

  /** Writes what is left to write. The drafts stay. */
  close(): void {
    this.#write();
    removeEventListener("pagehide", this.#onHide);
    document.removeEventListener("visibilitychange", this.#onHide);
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const state = this.#state;
    if (state === null || state === this.#kept) return;
    this.#kept = state;
    const record = recordOf(this.#place, state, Date.now());
    if (record === null && !this.#isKept) return;
    this.#isKept = record !== null;
    this.#writing = this.#writing
      .then(() => (record === null ? removeDraft(this.#place) : putDraft(record)))
      .catch(() => undefined);
    this.#mirrorTimer ??= setTimeout(() => {
      this.#mirrorTimer = undefined;
      const record = this.#kept === null ? null : recordOf(this.#place, this.#kept, Date.now());
      const draft = record?.typed ?? record?.aside[0];
      const sent = draft === undefined ? this.#mirror.remove() : this.#mirror.put(draft);
      sent.catch(() => undefined);
    }, mirrorMilliseconds);
  }
}
