import type { ErrorCode } from "../domain/error-codes.ts";
import { type ErrorSlots, StetError } from "../domain/errors.ts";

/**
 * The slots of whatever was thrown. An error of the operating system that no layer has put into words keeps its
 * meaning; anything else is a defect, and says so without a stack.
 */
export function knownError(thrown: unknown): ErrorSlots {
  if (thrown instanceof StetError) return thrown;
  const system = systemError(thrown);
  if (system !== undefined) return system;
  const why = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return {
    code: "E-INTERNAL",
    what: "stet met something it did not expect, and stopped.",
    where: "inside stet",
    why: `${why.replace(/\s+/g, " ").replace(/\.$/, "")}. This is a defect of stet, not of your files.`,
    kept: "What was done before this point is recorded; the next command finishes or takes back what is pending.",
    fixes: [
      { cmd: "stet status", summary: "see whether anything is pending" },
      { cmd: "stet verify", summary: "check everything that is kept" },
    ],
  };
}

const systemCodes: Readonly<Record<string, ErrorCode>> = {
  EACCES: "E-PERMISSION",
  EPERM: "E-PERMISSION",
  EROFS: "E-PERMISSION",
  ENOSPC: "E-DISK-FULL",
  EDQUOT: "E-DISK-FULL",
};

function systemError(thrown: unknown): ErrorSlots | undefined {
  if (!(thrown instanceof Error) || !("syscall" in thrown) || !("code" in thrown)) return undefined;
  return {
    code: systemCodes[String(thrown.code)] ?? "E-IO",
    what: "The operating system refused what stet asked of it.",
    where: "path" in thrown ? String(thrown.path) : String(thrown.syscall),
    why: thrown.message,
    kept: "What was done before this point is recorded; the next command finishes or takes back what is pending.",
    fixes: [{ cmd: "stet status", summary: "see whether anything is pending" }],
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
