import type { RefusalReason, RefusedText } from "../../app/submit/submission.ts";
import type { ErrorCode } from "../../domain/error-codes.ts";
import type { SaveRefused } from "../schemas/save.ts";

const words: Readonly<
  Record<RefusalReason, { readonly code: ErrorCode; readonly what: string; readonly why: string }>
> = {
  stale_mtime: {
    code: "E-STALE",
    what: "The file was written since it was read.",
    why: "Its time is not the one that the save was made for.",
  },
  conflict: {
    code: "E-CONFLICT",
    what: "Two writers changed the same spot.",
    why: "What was submitted and what is present cannot be brought together without a choice.",
  },
  changed_again: {
    code: "E-STALE",
    what: "Another version came after the one that was shown.",
    why: "The person chose to replace a version that is not the present one any more.",
  },
};

/** The answer to a save that was refused: nothing was replaced, and the text is kept. */
export function refusedSave(artifact: string, refused: RefusedText): SaveRefused {
  const { code, what, why } = words[refused.reason];
  const { conflict, theirs, mineSavedAs } = refused;
  return {
    status: "aborted",
    reason: `${what} ${why}`,
    mtime_ns: refused.mtime,
    error_kind: "conflict",
    reason_code: refused.reason,
    version: refused.version,
    code,
    what,
    where: artifact,
    why,
    kept: `The present version is as it was. The submitted text is kept: stet cat ${artifact}@${mineSavedAs}`,
    fixes: [
      { cmd: `stet cat ${artifact}`, summary: "read the present version, then save on top of it" },
      { cmd: `stet cat ${artifact}@${mineSavedAs}`, summary: "read the text that was refused" },
    ],
    mineSavedAs,
    ...(conflict === null ? {} : { conflict }),
    theirs,
  };
}
