import { StetError } from "../../domain/errors.ts";

/** Care of the store that was asked for in a way that cannot be followed. */
export function refusedMaintenance(why: string): StetError {
  return new StetError({
    code: "E-INVALID",
    what: "The store refused to do that.",
    where: "the store",
    why,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet log", summary: "see what is there" }],
  });
}
