import type { Conflict } from "../domain/conflicts.ts";
import { type ConflictId, parseRandomId, randomId } from "../domain/ids.ts";
import { noSuchConflict } from "./conflicts/conflict-named.ts";
import { openQuestion } from "./conflicts/open-question.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { artifactKey } from "./history/artifact-key.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged } from "./outcomes.ts";
import { record } from "./record/record.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

/**
 * Opens the conflict of a save that was refused, to be settled later: from now on everybody sees it. One that is open
 * already stays as it is. Throws E-NOT-FOUND.
 */
export async function openKeptConflict(
  environment: Environment,
  input: CallOptions & { readonly id: string },
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const id = parseRandomId("conflict", input.id);
    if (id === undefined) throw noSuchConflict(input.id);
    const known = await bench.store.history.conflicts({ collection: bench.collection, id });
    if (known.length > 0) return answer({ ...nothingChanged, conflicts: [id] });
    const conflict = await keptConflict(bench, id);
    if (conflict === null) throw noSuchConflict(input.id);
    const outcome = await record(bench, {
      kind: "save",
      reason: input.claims?.reason ?? null,
      edits: [],
      conflicts: (openedBy) => [{ ...conflict, openedBy }],
      local: { dropKept: [id] },
      evenIfEmpty: true,
    });
    return answer(outcome, { notices: bench.notices, needsDecision: true, next: ["stet conflicts"] });
  });
}

/** A refused save as the conflict that it would be; null where none of that id is kept. */
async function keptConflict(bench: Workbench, id: ConflictId): Promise<Omit<Conflict, "openedBy"> | null> {
  const kept = (await bench.store.checkouts.kept(bench.collection)).find((one) => one.id === id);
  if (kept === undefined) return null;
  const { path, base, yours, actor, at } = kept;
  const theirs = [...(await bench.present()).entries].find(([one]) => one === path)?.[1] ?? null;
  const conflict = {
    id,
    collection: bench.collection,
    path,
    artifact: artifactKey(path),
    base,
    yours,
    theirs,
    yoursActor: actor,
    theirsActor: bench.actor,
    rule: "X1",
    units: [],
    openedAt: at,
    settledBy: null,
  };
  const openedBy = randomId("operation", bench.environment.random(20));
  const { units } = await openQuestion(bench, { ...conflict, openedBy });
  return { ...conflict, units };
}
