import { StetError } from "../domain/errors.ts";
import { nextTurn } from "./scan.ts";

/**
 * Stops where a person asked for it meanwhile. To be called only before the point of no return, where everything
 * is as it was or can be made so. Throws E-INTERRUPTED.
 */
export async function stopIfInterrupted(interrupt: AbortSignal | undefined): Promise<void> {
  if (interrupt === undefined) return;
  // A signal is told between two turns of the event loop: without one it would never be seen.
  await nextTurn();
  if (!interrupt.aborted) return;
  throw new StetError({
    code: "E-INTERRUPTED",
    what: "The command was interrupted before it had changed anything.",
    where: "the command",
    why: "It was asked to stop.",
    kept: "No file was changed, and nothing of it is in the log. Edits that it had captured before are kept.",
    fixes: [{ cmd: "stet status", summary: "see where everything stands" }],
  });
}
