import type { Conflict, ConflictUnit, UnitChoice } from "../../domain/conflicts.ts";
import { sameEntry } from "../../domain/files.ts";
import { parsePath } from "../../domain/paths.ts";
import type { MergeUnit } from "../../merge/merge-types.ts";
import { UnitKeys } from "../../merge/unit-keys.ts";
import { fileMerge } from "../record/file-merge.ts";
import { type FileSides, type MergedEntry, mergeFileEntries } from "../record/merge-files.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** What a conflict asks now: its sides may have moved on since it was opened. */
export interface OpenQuestion {
  readonly conflict: Conflict;
  /** Theirs is what stands in the collection now. */
  readonly sides: FileSides;
  /** Whether theirs is another than when the conflict was opened. */
  readonly hasMovedOn: boolean;
  /** Whether nothing overlaps any more: what both sides say has come together since. */
  readonly isClean: boolean;
  /** Every spot that the two sides meet at, in order, each with the choice that is still valid. */
  readonly units: readonly ConflictUnit[];
  /** The file with all that merges by itself, theirs at the open spots; null where the file is one spot. */
  readonly mergedRest: () => Promise<Uint8Array | null>;
  /** Merges the sides with these choices, by the number of the unit from 1; an overlap is left where one is missing. */
  readonly settledWith: (choices: ReadonlyMap<number, UnitChoice>) => Promise<MergedEntry>;
}

/**
 * Asks the question of a conflict again, of the sides as they are now. A merge is a pure function of its sides, so
 * choices are told by what their unit asks: those whose words are still the same stay, the others are open again.
 * No policy answers here: somebody is about to.
 */
export async function openQuestion(bench: Workbench, conflict: Conflict): Promise<OpenQuestion> {
  const path = parsePath(conflict.path);
  const present = path === undefined ? null : ((await bench.present()).entries.get(path) ?? null);
  if (path === undefined) throw new RangeError(`a conflict at ${JSON.stringify(conflict.path)}`);
  const sides: FileSides = { path, base: conflict.base, yours: conflict.yours, theirs: present };
  const merged = async (choices: ReadonlyMap<string, UnitChoice>) =>
    await mergeFileEntries(
      fileMerge(bench.located.file, { strategy: "ask", choices }),
      sides,
      bench.readBlob,
    );
  const asked = await merged(new Map());
  const found = asked.outcome === "overlap" ? asked.units : [];
  const chosen = choicesByKey(conflict.units);
  const settledWith = async (choices: ReadonlyMap<number, UnitChoice>) => {
    const byKey = new Map<string, UnitChoice>();
    for (const [number, choice] of choices) {
      const unit = found[number - 1];
      if (unit !== undefined) byKey.set(unit.key, choice);
    }
    return await merged(byKey);
  };
  const units = found.map((unit) => conflictUnit(unit, chosen.get(unit.key) ?? null));
  return {
    conflict,
    sides,
    hasMovedOn: !sameEntry(present, conflict.theirs),
    isClean: asked.outcome === "merged",
    units,
    mergedRest: async () => {
      if (asked.outcome === "overlap" && found.length === 0) return null;
      const rest = await settledWith(
        new Map(units.map(({ choice }, index) => [index + 1, choice ?? "theirs"])),
      );
      if (rest.outcome === "overlap" || rest.entry === null) return null;
      return rest.bytes ?? (await bench.readBlob(rest.entry.blob)) ?? null;
    },
    settledWith,
  };
}

export function conflictUnit(unit: MergeUnit, choice: UnitChoice | null = null): ConflictUnit {
  const { rule, where, base, yours, theirs, mark } = unit;
  return { rule, where, base, yours, theirs, mark: mark ?? null, choice };
}

function choicesByKey(units: readonly ConflictUnit[]): ReadonlyMap<string, UnitChoice> {
  const keys = new UnitKeys();
  const choices = new Map<string, UnitChoice>();
  for (const unit of units) {
    const key = keys.next(unit);
    if (unit.choice !== null) choices.set(key, unit.choice);
  }
  return choices;
}
