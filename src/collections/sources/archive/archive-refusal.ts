import type { ErrorCode } from "../../../domain/error-codes.ts";
import { StetError } from "../../../domain/errors.ts";
import { escapeHidden } from "../../trust/trust-finding.ts";

/** An archive that is not unpacked: damaged, too much, or made to be read in two ways. Nothing of it is kept. */
export function archiveRefusal(
  code: Extract<ErrorCode, "E-UPSTREAM" | "E-LIMIT" | "E-PATH">,
  entry: string,
  why: string,
): StetError {
  return new StetError({
    code,
    what: "The archive was not unpacked.",
    where: escapeHidden(entry.slice(0, 200)),
    why,
    kept: "Nothing of it was taken in; what was unpacked so far is removed, and all else is as it was.",
    fixes: [{ cmd: "stet outdated", summary: "show what the store knows of the source" }],
  });
}
