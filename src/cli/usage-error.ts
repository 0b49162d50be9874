import { type Fix, StetError } from "../domain/errors.ts";

/** An error of the command line itself: exit code 2, and nothing was done. */
export function usageError(
  what: string,
  why: string,
  fixes: readonly Fix[] = [],
  where = "the command line",
) {
  const help = { cmd: "stet --help", summary: "see the commands and what they take" };
  return new StetError({
    code: "E-USAGE",
    what,
    where,
    why,
    kept: "Nothing was read or changed.",
    fixes: fixes.length > 0 ? fixes : [help],
  });
}
