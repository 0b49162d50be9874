/**
 * stet as a library: use cases that take an `Environment` and answer with data, and the store beneath them.
 * Nothing here reads the process, the clock or the terminal by itself.
 */

export { cat } from "./app/cat.ts";
export { listConflicts, resolveConflict } from "./app/conflicts.ts";
export { createArtifact } from "./app/create.ts";
export { diff } from "./app/diff.ts";
export { openForEdit, saveEdited } from "./app/edit.ts";
export type { CallerClaims, CallOptions, Environment, ProgressStep, Scope } from "./app/environment.ts";
export { initialise } from "./app/init.ts";
export { listArtifacts } from "./app/list.ts";
export { log } from "./app/log.ts";
export { moveArtifact } from "./app/move.ts";
export type {
  Answer,
  ChangeOutcome,
  Notice,
  ShownChange,
  ShownOperation,
  StatusData,
} from "./app/outcomes.ts";
export { removeArtifact } from "./app/remove.ts";
export { restore } from "./app/restore.ts";
export { save } from "./app/save.ts";
export { show } from "./app/show.ts";
export { status } from "./app/status.ts";
export { sync } from "./app/sync.ts";
export { redo, revert, undo } from "./app/undo.ts";
export { verify } from "./app/verify.ts";
export type { Actor } from "./domain/actors.ts";
export type { WallClock } from "./domain/clock.ts";
export { type ErrorCode, errorCodes } from "./domain/error-codes.ts";
export { type ErrorSlots, type Fix, StetError } from "./domain/errors.ts";
export type { CheckoutStore } from "./store/checkout-store.ts";
export type { HistoryStore, VerifyReport, WriteBatch, WriteOutcome } from "./store/history-store.ts";
export { type OpenStoreOptions, openStore } from "./store/sqlite/open-store.ts";
export type { Store, WriteResult } from "./store/store.ts";
