import type { ErrorCode } from "../domain/error-codes.ts";
import { StetError } from "../domain/errors.ts";
import { errorName } from "./disk.ts";

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: "E-DISK-FULL",
  EDQUOT: "E-DISK-FULL",
  EACCES: "E-PERMISSION",
  EPERM: "E-PERMISSION",
  EROFS: "E-PERMISSION",
};

/**
 * An error of the operating system as one of stet. `doing` completes "stet could not ..."; `where` is shown.
 * By default it says that nothing was changed: for errors before anything visible has happened.
 */
export function errorFromDisk(
  error: unknown,
  doing: string,
  where: string,
  kept = "Nothing was changed.",
): StetError {
  if (error instanceof StetError) return error;
  const name = errorName(error) ?? "unknown error";
  return new StetError(
    {
      code: codes[name] ?? "E-IO",
      what: `stet could not ${doing}.`,
      where,
      why: whyOf(name),
      kept,
      fixes: [{ cmd: "stet status", summary: "shows what is pending, if anything" }],
    },
    { cause: error },
  );
}

function whyOf(name: string): string {
  const code = codes[name];
  if (code === "E-DISK-FULL") return `The disk is full (${name}).`;
  if (code === "E-PERMISSION") return `The operating system refused access (${name}).`;
  return `The operating system reported ${name}.`;
}
