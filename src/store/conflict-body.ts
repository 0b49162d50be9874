import type { Conflict, ConflictUnit, UnitChoice } from "../domain/conflicts.ts";
import { decodeCanonical, encodeCanonical } from "../snapshot/canonical-cbor.ts";
import { readChoice, readList, readText, readTextOrNull, readTuple } from "../snapshot/canonical-reading.ts";
import type { CanonicalValue } from "../snapshot/canonical-value.ts";
import { decodeActor, encodeActor } from "./actor-value.ts";

/** What a conflict says beside its ids and its three sides. */
export type ConflictBody = Pick<
  Conflict,
  "path" | "artifact" | "yoursActor" | "theirsActor" | "rule" | "units"
>;

/** The form in which a conflict's body is kept. Throws a RangeError on ill-formed text. */
export function encodeConflictBody(body: ConflictBody): Uint8Array {
  return encodeCanonical([
    body.path,
    body.artifact,
    encodeActor(body.yoursActor),
    encodeActor(body.theirsActor),
    body.rule,
    body.units.map(encodeUnit),
  ]);
}

/** Reads a kept conflict. Throws a RangeError where the bytes are not one. */
export function decodeConflictBody(bytes: Uint8Array): ConflictBody {
  const [path, artifact, yours, theirs, rule, units] = readTuple(decodeCanonical(bytes), 6);
  return {
    path: readText(path),
    artifact: readTextOrNull(artifact),
    yoursActor: decodeActor(yours),
    theirsActor: decodeActor(theirs),
    rule: readText(rule),
    units: readList(units).map(decodeUnit),
  };
}

function encodeUnit({ rule, where, base, yours, theirs, mark, choice }: ConflictUnit): CanonicalValue {
  const chosen = choice !== null && typeof choice === "object" ? [choice.text] : choice;
  return [rule, where, base, yours, theirs, mark, chosen];
}

function decodeUnit(value: CanonicalValue): ConflictUnit {
  const [rule, where, base, yours, theirs, mark, choice] = readTuple(value, 7);
  return {
    rule: readText(rule),
    where: readText(where),
    base: readTextOrNull(base),
    yours: readTextOrNull(yours),
    theirs: readTextOrNull(theirs),
    mark: mark === null ? null : readChoice(mark, ["security"] as const),
    choice: choice === null ? null : decodeChoice(choice),
  };
}

/** A side by its name; a text of its own as a list of one, so that no text is taken for a name. */
function decodeChoice(value: CanonicalValue | undefined): UnitChoice {
  if (typeof value === "string") return readChoice(value, ["yours", "theirs", "both"] as const);
  const [text] = readTuple(value, 1);
  return { text: readText(text) };
}
