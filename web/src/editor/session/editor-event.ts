import type { UnitChoice } from "../../../../src/domain/conflicts.ts";
import type { MergeJob, MergeOutlook } from "../merging/merge-job.ts";
import type { Draft, TextVersion } from "./editor-state.ts";

/** All that can happen to an open editor. */
export type EditorEvent =
  | { readonly type: "typed"; readonly text: string }
  /** The version that is present now, after something happened elsewhere. */
  | { readonly type: "arrived"; readonly version: TextVersion; readonly at: number }
  | { readonly type: "gone"; readonly actor: string | null }
  | { readonly type: "merged"; readonly job: MergeJob; readonly outlook: MergeOutlook }
  | { readonly type: "take-in" }
  | { readonly type: "look" }
  | { readonly type: "back-to-text" }
  | { readonly type: "chose"; readonly key: string; readonly choice: UnitChoice | null }
  | { readonly type: "save" }
  | { readonly type: "overwrite" }
  | { readonly type: "saved"; readonly answer: SaveAnswer }
  /** 409; `present` is the version that stands in the way. */
  | { readonly type: "refused"; readonly refusal: Refusal; readonly present: TextVersion }
  | { readonly type: "failed"; readonly error: unknown }
  | { readonly type: "reload-theirs"; readonly at: number }
  | { readonly type: "leave"; readonly at: number }
  | { readonly type: "drafts-found"; readonly drafts: readonly Draft[] }
  | { readonly type: "draft-use"; readonly draft: Draft; readonly at: number }
  /** Without one: what was typed and not saved. */
  | { readonly type: "draft-discard"; readonly draft: Draft | null; readonly at: number };

export interface SaveAnswer {
  readonly outcome: "saved" | "unchanged" | "merged";
  /** The version that is present now, with its text. */
  readonly present: TextVersion;
  readonly operation: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Refusal {
  readonly reason: "stale_mtime" | "conflict" | "changed_again" | "already_exists";
  readonly conflict: string | null;
}
