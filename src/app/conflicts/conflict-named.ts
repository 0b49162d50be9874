import type { Conflict } from "../../domain/conflicts.ts";
import { StetError } from "../../domain/errors.ts";
import { parseRandomId } from "../../domain/ids.ts";
import type { Workbench } from "../workbench/workbench.ts";

const lettersMin = 8;

/** The open conflict of an id, or of a beginning of one. Throws E-NOT-FOUND and E-AMBIGUOUS. */
export async function conflictNamed(bench: Workbench, text: string): Promise<Conflict> {
  const whole = parseRandomId("conflict", text);
  const open = await bench.openConflicts();
  const found = open.filter(
    (one) => one.id === whole || (text.length >= lettersMin && one.id.startsWith(text)),
  );
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  throw first === undefined ? noSuchConflict(text) : ambiguousConflict(text);
}

export function noSuchConflict(text: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "There is no open conflict of that id.",
    where: text,
    why: "It was settled already, or never opened.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet conflicts --all", summary: "list them with their ids" }],
  });
}

function ambiguousConflict(text: string): StetError {
  return new StetError({
    code: "E-AMBIGUOUS",
    what: "That id fits more than one conflict.",
    where: text,
    why: "Ids may be shortened only while unique.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet conflicts --all", summary: "list them with their ids" }],
  });
}
