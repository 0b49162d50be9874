import type { OperationId } from "../domain/ids.ts";
import type { JournalRow, LocalBatch } from "../store/checkout-store.ts";
import type { ArrangedChange } from "./arrange.ts";
import type { StagedStats } from "./stage.ts";

/** The journal's rows for staged changes: everything that recovery needs to finish or to take back. */
export function journalRows(
  operation: OperationId,
  arranged: readonly ArrangedChange[],
  stats: StagedStats,
): readonly JournalRow[] {
  return arranged.map((one) => ({
    operation,
    ordinal: one.ordinal,
    checkout: one.change.place.checkout,
    place: one.change.place.name,
    path: one.change.path,
    disk: one.disk,
    before: one.change.before,
    after: one.change.after,
    staged: one.staged,
    stagedInode: stats.get(one.ordinal)?.inode ?? null,
    aside: one.aside,
    folder: one.folder,
    stuck: null,
  }));
}

/** One local batch out of two; later puts of the same row win in the store. */
export function joinLocal(one: LocalBatch, other: LocalBatch): LocalBatch {
  return {
    checkouts: [...(one.checkouts ?? []), ...(other.checkouts ?? [])],
    dropCheckouts: [...(one.dropCheckouts ?? []), ...(other.dropCheckouts ?? [])],
    index: [...(one.index ?? []), ...(other.index ?? [])],
    written: [...(one.written ?? []), ...(other.written ?? [])],
    journal: [...(one.journal ?? []), ...(other.journal ?? [])],
    turnJournal: [...(one.turnJournal ?? []), ...(other.turnJournal ?? [])],
    dropJournal: [...(one.dropJournal ?? []), ...(other.dropJournal ?? [])],
    stuck: [...(one.stuck ?? []), ...(other.stuck ?? [])],
    asides: [...(one.asides ?? []), ...(other.asides ?? [])],
    dropAsides: [...(one.dropAsides ?? []), ...(other.dropAsides ?? [])],
    keep: [...(one.keep ?? []), ...(other.keep ?? [])],
    dropKept: [...(one.dropKept ?? []), ...(other.dropKept ?? [])],
    drafts: [...(one.drafts ?? []), ...(other.drafts ?? [])],
    dropDrafts: [...(one.dropDrafts ?? []), ...(other.dropDrafts ?? [])],
  };
}
