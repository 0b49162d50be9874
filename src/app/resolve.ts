import type { Conflict, UnitChoice } from "../domain/conflicts.ts";
import { StetError } from "../domain/errors.ts";
import { type FileEntry, regularMode } from "../domain/files.ts";
import { randomId } from "../domain/ids.ts";
import { decodeText } from "../formats/text-shape.ts";
import { blobId } from "../snapshot/hash.ts";
import { conflictNamed } from "./conflicts/conflict-named.ts";
import { type OpenQuestion, openQuestion } from "./conflicts/open-question.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import { refuseMaskedSecrets } from "./record/masked-secrets.ts";
import type { MergedEntry } from "./record/merge-files.ts";
import { record } from "./record/record.ts";
import { noteEditSeen } from "./record/settled-target.ts";
import { refuseSecrets } from "./record/submitted-text.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

/**
 * How a conflict is settled.
 * - a side, at every open spot, with all that merges by itself; `whole`: that side's file and nothing else;
 * - spots one by one, by their number from 1; while some are left the choices are kept and the file stays as it is;
 * - a whole file;
 * - by itself, where nothing overlaps any more.
 */
export type Settlement =
  | { readonly by: "side"; readonly side: "yours" | "theirs" | "both"; readonly whole: boolean }
  | { readonly by: "units"; readonly choices: ReadonlyMap<number, UnitChoice> }
  | { readonly by: "file"; readonly bytes: Uint8Array }
  | { readonly by: "itself" };

export interface ResolveInput extends CallOptions {
  readonly id: string;
  readonly settlement: Settlement;
}

/**
 * Settles a conflict, or a part of it, as one operation. Both sides stay in history, and undo asks the question
 * again. Throws E-NOT-FOUND, E-AMBIGUOUS, E-SECRET, and E-INVALID where the settlement does not fit the conflict.
 */
export async function resolveConflict(
  environment: Environment,
  input: ResolveInput,
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const conflict = await conflictNamed(bench, input.id);
    const question = await openQuestion(bench, conflict);
    const { settlement } = input;
    const choices = new Map(
      question.units.flatMap(({ choice }, index) => (choice === null ? [] : [[index + 1, choice]])),
    );
    if (settlement.by === "units") {
      for (const [number, choice] of settlement.choices) {
        if (number > question.units.length) throw noSuchUnit(conflict, number, question.units.length);
        choices.set(number, choice);
      }
      if (choices.size < question.units.length) return await keepChoices(bench, input, question, choices);
    }
    const settled = await settledFile(bench, question, settlement, choices);
    return await recordSettled(bench, input, question, settled);
  });
}

type Settled = Exclude<MergedEntry, { readonly outcome: "overlap" }>;

async function settledFile(
  bench: Workbench,
  question: OpenQuestion,
  settlement: Settlement,
  chosen: ReadonlyMap<number, UnitChoice>,
): Promise<Settled> {
  const { conflict, sides, units, isClean } = question;
  switch (settlement.by) {
    case "file": {
      const { bytes } = settlement;
      await refuseSecrets(bench, conflict.path, bytes);
      const mode = (sides.theirs ?? sides.yours)?.mode ?? regularMode;
      return whole({ blob: blobId(bytes), mode, size: bytes.length }, bytes);
    }
    case "units":
      return settledOrRefused(conflict, await question.settledWith(chosen));
    case "itself":
      if (!isClean) throw sideNeeded(conflict, units.length);
      return settledOrRefused(conflict, await question.settledWith(new Map()));
    case "side": {
      const { side } = settlement;
      if (settlement.whole || (units.length === 0 && !isClean)) {
        if (side === "both") throw notBoth(conflict);
        return whole(sides[side], null);
      }
      const all = new Map(units.map((_unit, index) => [index + 1, side]));
      return settledOrRefused(conflict, await question.settledWith(all));
    }
  }
}

function whole(entry: FileEntry | null, bytes: Uint8Array | null): Settled {
  return { outcome: "merged", entry, bytes, decisions: [] };
}

/** The choices are kept with the conflict, which is asked anew; what is in place stays until the last one is made. */
async function keepChoices(
  bench: Workbench,
  input: ResolveInput,
  { conflict, sides, units }: OpenQuestion,
  choices: ReadonlyMap<number, UnitChoice>,
): Promise<Answer<ChangeOutcome>> {
  const id = randomId("conflict", bench.environment.random(20));
  const outcome = await record(bench, {
    kind: "resolve",
    reason: input.claims?.reason ?? null,
    edits: [],
    settles: [conflict.id],
    conflicts: (openedBy) => [
      {
        ...conflict,
        id,
        theirs: sides.theirs,
        units: units.map((unit, index) => ({ ...unit, choice: choices.get(index + 1) ?? null })),
        openedBy,
        openedAt: bench.environment.clock.now(),
      },
    ],
    details: { conflict: conflict.id, chosen: `${choices.size} of ${units.length}` },
    evenIfEmpty: true,
  });
  bench.notice("W-CHOSEN", `${choices.size} of ${units.length} spots are chosen; the rest is still open.`);
  const next = [`stet conflicts ${id}`, "stet undo"];
  return answer(outcome, { notices: bench.notices, needsDecision: true, next });
}

async function recordSettled(
  bench: Workbench,
  input: ResolveInput,
  { conflict, sides }: OpenQuestion,
  { entry, bytes, decisions }: Settled,
): Promise<Answer<ChangeOutcome>> {
  const { path } = sides;
  if (bytes !== null) await refuseMaskedSecrets(bench, path, bytes, [sides.base, sides.yours, sides.theirs]);
  const outcome = await record(bench, {
    kind: "resolve",
    reason: input.claims?.reason ?? null,
    edits: [{ path, after: entry, bytes }],
    settles: [conflict.id],
    decisions: decisions.map((decision) => ({ ...decision, path })),
    details: { conflict: conflict.id, side: sideName(input.settlement) },
    evenIfEmpty: true,
  });
  if (entry?.blob !== conflict.yours?.blob) await noteEditSeen(bench, conflict);
  return answer(outcome, { notices: bench.notices, next: ["stet sync", "stet undo"] });
}

function sideName(settlement: Settlement): string {
  return settlement.by === "side" ? settlement.side : settlement.by;
}

/** The texts that a merge tool is given; `merged` holds theirs at the open spots. */
export interface ConflictTexts {
  readonly path: string;
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
  readonly merged: string;
}

/** The sides of a conflict as texts. Throws E-INVALID where one is no text: a tool could only damage it. */
export async function conflictTexts(
  environment: Environment,
  input: CallOptions & { readonly id: string },
): Promise<Answer<ConflictTexts>> {
  return await reading(environment, input, async (bench) => {
    const conflict = await conflictNamed(bench, input.id);
    const question = await openQuestion(bench, conflict);
    const { path, base, yours, theirs } = question.sides;
    const textOf = async (entry: FileEntry | null) => {
      const bytes = entry === null ? new Uint8Array() : await bench.readBlob(entry.blob);
      const text = bytes === undefined ? null : decodeText(bytes);
      if (text === null) throw notText(conflict);
      return text;
    };
    const rest = await question.mergedRest();
    const sides = { base: await textOf(base), yours: await textOf(yours), theirs: await textOf(theirs) };
    const merged = rest === null ? sides.theirs : (decodeText(rest) ?? sides.theirs);
    return answer({ path, ...sides, merged }, { notices: bench.notices });
  });
}

function settledOrRefused(conflict: Conflict, merged: MergedEntry): Settled {
  if (merged.outcome === "merged") return merged;
  const open = merged.units.map((unit) => unit.where).join(", ");
  throw refused(
    conflict,
    open === ""
      ? "What comes out is not valid, though both sides are."
      : `That choice cannot be made at: ${open}.`,
  );
}

function notBoth(conflict: Conflict): StetError {
  return refused(conflict, "The whole file is the spot, and there can be only one of it.");
}

function sideNeeded(conflict: Conflict, units: number): StetError {
  return refused(conflict, `It is still asked ${units === 0 ? "of the whole file" : `at ${units} spots`}.`);
}

function noSuchUnit(conflict: Conflict, number: number, units: number): StetError {
  return refused(conflict, `There is no spot ${number}: it has ${units === 0 ? "none" : `1 to ${units}`}.`);
}

function notText(conflict: Conflict): StetError {
  return refused(conflict, "One of its sides is not UTF-8 text.");
}

function refused({ id, path }: Conflict, why: string): StetError {
  return new StetError({
    code: "E-INVALID",
    what: "The conflict cannot be settled so.",
    where: `${id} ${path}`,
    why,
    kept: "Nothing was changed; both sides are kept.",
    fixes: [
      { cmd: `stet conflicts ${id}`, summary: "see what is asked" },
      { cmd: `stet resolve ${id} --theirs`, summary: "take what is in place" },
      { cmd: `stet resolve ${id} --from-file <file>`, summary: "settle it with a text of your own" },
    ],
  });
}
