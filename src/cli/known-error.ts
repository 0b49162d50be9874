import { type ErrorSlots, StetError } from "../domain/errors.ts";

/** The slots of whatever was thrown. Anything but a StetError is a defect, and says so without a stack. */
export function knownError(thrown: unknown): ErrorSlots {
  if (thrown instanceof StetError) return thrown;
  const why = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return {
    code: "E-INTERNAL",
    what: "stet met something it did not expect, and stopped.",
    where: "inside stet",
    why: `${why.replace(/\s+/g, " ")} This is a defect of stet, not of your files.`,
    kept: "What was done before this point is recorded, and the rest was not begun; the next command finishes or takes back what is pending.",
    fixes: [
      { cmd: "stet status", summary: "see whether anything is pending" },
      { cmd: "stet verify", summary: "check everything that is kept" },
    ],
  };
}

/** The stack of what was thrown and of its causes, for --debug. */
export function stackOf(thrown: unknown): string {
  const stacks: string[] = [];
  for (let one: unknown = thrown; one instanceof Error && stacks.length < 8; one = one.cause) {
    stacks.push(one.stack ?? one.message);
  }
  return stacks.join("\ncaused by ");
}
