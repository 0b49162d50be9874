import { conflictNamed } from "./conflicts/conflict-named.ts";
import { openQuestion } from "./conflicts/open-question.ts";
import { type ShownConflict, type ShownUnit, shownConflict, shownUnits } from "./conflicts/shown-conflict.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { shownText } from "./history/text-diff.ts";
import { type Answer, answer } from "./outcomes.ts";
import { reading } from "./workbench/reading.ts";

export interface ConflictsInput extends CallOptions {
  /** Also those that are settled. */
  readonly all?: boolean;
}

/** The conflicts of a collection. The present version of each file (theirs) stays in place meanwhile. */
export async function listConflicts(
  environment: Environment,
  input: ConflictsInput = {},
): Promise<Answer<{ readonly conflicts: readonly ShownConflict[] }>> {
  return await reading(environment, input, async (bench) => {
    const found = await bench.store.history.conflicts({
      collection: bench.collection,
      ...(input.all === true ? {} : { open: true }),
    });
    const open = found.find((one) => one.settledBy === null);
    const next = open === undefined ? [] : [`stet conflicts ${open.id}`];
    return answer({ conflicts: found.map(shownConflict) }, { notices: bench.notices, next });
  });
}

export type ConflictData = ShownConflict & {
  readonly units: readonly ShownUnit[];
  /** The file with all that merges by itself, theirs at the open spots; null where it is no text or nothing merges. */
  readonly merged: string | null;
  /** Whether the collection has another version by now than when the conflict was opened: this is about that one. */
  readonly hasMovedOn: boolean;
};

/** One open conflict, as it asks now. Throws E-NOT-FOUND and E-AMBIGUOUS. */
export async function showConflict(
  environment: Environment,
  input: CallOptions & { readonly id: string },
): Promise<Answer<ConflictData>> {
  return await reading(environment, input, async (bench) => {
    const conflict = await conflictNamed(bench, input.id);
    const question = await openQuestion(bench, conflict);
    const { units, hasMovedOn, sides } = question;
    const data: ConflictData = {
      ...shownConflict(conflict),
      theirs: { blob: sides.theirs?.blob ?? null, actor: conflict.theirsActor },
      where: units.map((unit) => unit.where),
      units: await shownUnits(bench, conflict.path, units),
      merged: await question
        .mergedRest()
        .then((bytes) => (bytes === null ? null : shownText(conflict.path, bytes, bench.allowedSecrets))),
      hasMovedOn,
    };
    return answer(data, {
      notices: bench.notices,
      next: waysOn(conflict.id, units.length, question.isClean),
    });
  });
}

function waysOn(id: string, units: number, isClean: boolean): readonly string[] {
  if (isClean) return [`stet resolve ${id}`];
  const sides = [`stet resolve ${id} --yours`, `stet resolve ${id} --theirs`];
  return units > 1 ? [...sides, `stet resolve ${id} --unit 1=yours`] : sides;
}
