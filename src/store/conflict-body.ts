import type { Conflict } from "../domain/conflicts.ts";
import { decodeCanonical, encodeCanonical } from "../snapshot/canonical-cbor.ts";
import { readList, readText, readTextOrNull, readTuple } from "../snapshot/canonical-reading.ts";
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
    body.units.map((unit) => [unit.rule, unit.where, unit.base, unit.yours, unit.theirs]),
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
    units: readList(units).map((unit) => {
      const [unitRule, where, ...texts] = readTuple(unit, 5);
      return {
        rule: readText(unitRule),
        where: readText(where),
        base: readTextOrNull(texts[0]),
        yours: readTextOrNull(texts[1]),
        theirs: readTextOrNull(texts[2]),
      };
    }),
  };
}
