/**
 * stet as a library: use cases that take an `Environment` and answer with data, and the store beneath them.
 * Nothing here reads the process, the clock or the terminal by itself.
 */

export { add } from "./app/add.ts";
export { allow } from "./app/allow.ts";
export { type ApplyData, type ApplyInput, apply } from "./app/apply.ts";
export { audit } from "./app/audit.ts";
export { backup } from "./app/backup.ts";
export { blame } from "./app/blame.ts";
export { createBranch, deleteBranch, listBranches } from "./app/branch.ts";
export { captureHook } from "./app/capture-hook.ts";
export { cat } from "./app/cat.ts";
export { check } from "./app/check.ts";
export { collectGarbage } from "./app/collect-garbage.ts";
export { addTarget, getSetting, listSettings, removeTarget, setSetting } from "./app/config.ts";
export { listConflicts, showConflict } from "./app/conflicts.ts";
export { createArtifact } from "./app/create.ts";
export { detach } from "./app/detach.ts";
export { diff } from "./app/diff.ts";
export { diffUpstream } from "./app/diff-upstream.ts";
export { doctor } from "./app/doctor.ts";
export { dropDraft, listDrafts, putDraft } from "./app/drafts.ts";
export { du } from "./app/du.ts";
export { openForEdit, saveEdited } from "./app/edit.ts";
export type { CallerClaims, CallOptions, Environment, ProgressStep, Scope } from "./app/environment.ts";
export { exportFiles } from "./app/export.ts";
export { forget } from "./app/forget.ts";
export { holdUpstream, releaseUpstream } from "./app/hold-upstream.ts";
export { type IgnoreInput, ignore } from "./app/ignore.ts";
export { type ImportData, type ImportInput, importFound } from "./app/import.ts";
export { info } from "./app/info.ts";
export { initialise } from "./app/init.ts";
export { install } from "./app/install.ts";
export { type LentEnvironment, lendStore } from "./app/lend-store.ts";
export { listArtifacts } from "./app/list.ts";
export { log } from "./app/log.ts";
export { mergeBranch } from "./app/merge-branch.ts";
export { mergeTexts } from "./app/merge-texts.ts";
export { migrate } from "./app/migrate.ts";
export { moveArtifact } from "./app/move.ts";
export { openKeptConflict } from "./app/open-kept.ts";
export type {
  Answer,
  ChangeOutcome,
  Notice,
  ShownChange,
  ShownOperation,
  StatusData,
} from "./app/outcomes.ts";
export { outdated } from "./app/outdated.ts";
export { listPins, pin, unpin } from "./app/pin.ts";
export { type PlanData, type PlanInput, plan } from "./app/plan.ts";
export { promote } from "./app/promote.ts";
export { prune } from "./app/prune.ts";
export { readArtifact } from "./app/read-artifact.ts";
export { adopt, type ReleaseInput, release } from "./app/release.ts";
export { relink } from "./app/relink.ts";
export { removeArtifact } from "./app/remove.ts";
export { renderArtifact } from "./app/render-artifact.ts";
export { repair } from "./app/repair.ts";
export { conflictTexts, resolveConflict } from "./app/resolve.ts";
export { restore } from "./app/restore.ts";
export { save } from "./app/save.ts";
export { search } from "./app/search.ts";
export { show } from "./app/show.ts";
export { showUpdate } from "./app/show-update.ts";
export { status } from "./app/status.ts";
export { submitText } from "./app/submit-text.ts";
export { switchBranch } from "./app/switch-branch.ts";
export { pull, push, type SyncData, type SyncInput, sync } from "./app/sync.ts";
export { trust } from "./app/trust.ts";
export { redo, revert, undo } from "./app/undo.ts";
export { update } from "./app/update.ts";
export { verify } from "./app/verify.ts";
export { watch } from "./app/watch.ts";
export type { Actor } from "./domain/actors.ts";
export type { WallClock } from "./domain/clock.ts";
export { type ErrorCode, errorCodes } from "./domain/error-codes.ts";
export { type ErrorSlots, type Fix, StetError } from "./domain/errors.ts";
export type { CheckoutStore } from "./store/checkout-store.ts";
export type { HistoryStore, VerifyReport, WriteBatch, WriteOutcome } from "./store/history-store.ts";
export { type OpenStoreOptions, openStore } from "./store/sqlite/open-store.ts";
export type { Store, WriteResult } from "./store/store.ts";
