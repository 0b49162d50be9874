import { knownError } from "../../app/known-error.ts";
import type { ErrorCode } from "../../domain/error-codes.ts";
import type { ErrorSlots } from "../../domain/errors.ts";
import type { ErrorBody } from "../schemas/error.ts";

type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 500 | 503 | 507;
type ErrorKind = ErrorBody["error_kind"];

/** What each error is in HTTP: its status, and what a program tells it by. One that is not here is a fault of ours. */
const table: Readonly<Partial<Record<ErrorCode, readonly [ErrorStatus, ErrorKind, string]>>> = {
  "E-NOT-FOUND": [404, "not_found", "not_found"],
  "E-NO-COLLECTION": [404, "not_found", "no_collection"],
  "E-PRUNED": [410, "not_found", "pruned"],
  "E-AMBIGUOUS": [400, "invalid", "ambiguous"],
  "E-USAGE": [400, "invalid", "bad_request"],
  "E-NAME": [400, "invalid", "bad_name"],
  "E-PATH": [400, "invalid", "bad_path"],
  "E-LIMIT": [413, "invalid", "too_large"],
  "E-INVALID": [422, "invalid", "invalid"],
  "E-SECRET": [422, "invalid", "secret"],
  "E-PRECONDITION": [422, "invalid", "bad_precondition"],
  "E-UNSUPPORTED": [422, "invalid", "unsupported"],
  "E-ACCESS": [401, "refused", "no_access"],
  "E-UNTRUSTED": [403, "refused", "untrusted"],
  "E-EXISTS": [409, "conflict", "already_exists"],
  "E-CONFLICT": [409, "conflict", "conflict"],
  "E-STALE": [409, "conflict", "stale"],
  "E-CONFIRM": [409, "conflict", "not_confirmed"],
  "E-MASS-LOSS": [409, "conflict", "mass_loss"],
  "E-NOTHING-TO-UNDO": [409, "conflict", "nothing_to_undo"],
  "E-HORIZON": [409, "conflict", "beyond_horizon"],
  "E-BRANCH-HELD": [409, "conflict", "branch_held"],
  "E-TARGET-AHEAD": [409, "conflict", "target_ahead"],
  "E-DETACHED": [409, "conflict", "detached"],
  "E-FOREIGN-COLLECTION": [409, "conflict", "foreign_collection"],
  "E-LOCKED": [503, "busy", "locked"],
  "E-STORE-BUSY": [503, "busy", "store_busy"],
  "E-RESTLESS": [503, "busy", "restless"],
  "E-INTERRUPTED": [503, "busy", "stopping"],
  "E-DISK-FULL": [507, "internal", "disk_full"],
};

export interface ErrorAnswer {
  readonly status: ErrorStatus;
  readonly body: ErrorBody;
}

/** The answer to a request that was refused or failed, whatever was thrown. */
export function errorAnswer(
  thrown: unknown,
  extra: Partial<Pick<ErrorBody, "mineSavedAs" | "reason_code">> & { readonly httpStatus?: ErrorStatus } = {},
): ErrorAnswer {
  const slots = knownError(thrown);
  const [status, kind, reason] = table[slots.code] ?? [500, "internal", "internal"];
  const { httpStatus, ...fields } = extra;
  const body: ErrorBody = {
    status: kind === "conflict" ? "aborted" : "error",
    error_kind: kind,
    reason_code: reason,
    ...slotFields(slots),
    ...fields,
  };
  return { status: httpStatus ?? status, body };
}

function slotFields(slots: ErrorSlots) {
  const { code, what, where, why, kept } = slots;
  const fixes = slots.fixes.map(({ cmd, summary }) => ({ cmd, summary }));
  return { reason: `${what} ${why}`, code, what, where, why, kept, fixes };
}
