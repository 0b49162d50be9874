import type { CommandEntry } from "./command-spec.ts";

/** How long an interrupted command may take to finish what it has begun. */
const finishMillisecondsMax = 10_000;
export const exitInterrupted = 130;
const finishing =
  "Interrupted: finishing what has begun. Ctrl-C again stops at once; the next command then finishes it.";

export interface Interruption {
  readonly signal: AbortSignal;
  readonly stopListening: () => void;
}

/**
 * The first Ctrl-C asks the operation to stop: before it has committed it is given up, after that it finishes,
 * within a bound. A second one ends the process at once; the journal then finishes with the next command. A
 * command that only reads ends with the first.
 */
export function onInterrupt(
  { changes, endsByInterrupt }: Pick<CommandEntry, "changes" | "endsByInterrupt">,
  say: (text: string) => void,
): Interruption {
  const controller = new AbortController();
  const listener = () => {
    if (!changes || controller.signal.aborted) process.exit(exitInterrupted);
    controller.abort();
    if (endsByInterrupt !== true) say(finishing);
    setTimeout(() => process.exit(exitInterrupted), finishMillisecondsMax).unref();
  };
  process.on("SIGINT", listener);
  return { signal: controller.signal, stopListening: () => process.off("SIGINT", listener) };
}
