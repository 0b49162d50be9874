import type { Actor } from "../domain/actors.ts";
import { isoFromMicros } from "../domain/clock.ts";
import type { Conflict } from "../domain/conflicts.ts";
import { StetError } from "../domain/errors.ts";
import { type ConflictId, parseRandomId } from "../domain/ids.ts";
import { parsePath } from "../domain/paths.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import { record } from "./record/record.ts";
import { noteEditSeen } from "./record/settled-target.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

/** A conflict as every face shows it: both sides by blob id, each with its actor. */
export interface ShownConflict {
  readonly id: ConflictId;
  readonly artifact: string | null;
  readonly path: string;
  readonly rule: string;
  readonly base: string | null;
  readonly yours: { readonly blob: string | null; readonly actor: Actor };
  readonly theirs: { readonly blob: string | null; readonly actor: Actor };
  readonly openedAt: string;
  readonly openedBy: string;
  readonly settledBy: string | null;
}

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
    const [first] = found;
    const next =
      first === undefined ? [] : [`stet resolve ${first.id} --yours`, `stet resolve ${first.id} --theirs`];
    return answer({ conflicts: found.map(shownConflict) }, { notices: bench.notices, next });
  });
}

export interface ResolveInput extends CallOptions {
  readonly id: string;
  /** `yours`: the text that came from elsewhere; `theirs`: the version that stands in the collection. */
  readonly side: "yours" | "theirs";
}

/** Settles a conflict by taking one side. Both stay in history, and undo opens the question's answer again. */
export async function resolveConflict(
  environment: Environment,
  input: ResolveInput,
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const conflict = await openConflict(bench, input.id);
    const path = parsePath(conflict.path);
    const entry = input.side === "yours" ? conflict.yours : conflict.theirs;
    const outcome = await record(bench, {
      kind: "resolve",
      reason: input.claims?.reason ?? null,
      edits: path === undefined || input.side === "theirs" ? [] : [{ path, after: entry, bytes: null }],
      settles: [conflict.id],
      details: { conflict: conflict.id, side: input.side },
      evenIfEmpty: true,
    });
    if (input.side === "theirs") await noteEditSeen(bench, conflict);
    return answer(outcome, { notices: bench.notices, next: ["stet sync", "stet undo"] });
  });
}

async function openConflict(bench: Workbench, text: string): Promise<Conflict> {
  const whole = parseRandomId("conflict", text);
  const open = await bench.openConflicts();
  const found = open.filter((one) => one.id === whole || (text.length >= 8 && one.id.startsWith(text)));
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  throw new StetError({
    code: first === undefined ? "E-NOT-FOUND" : "E-AMBIGUOUS",
    what:
      first === undefined ? "There is no open conflict of that id." : "That id fits more than one conflict.",
    where: text,
    why:
      first === undefined
        ? "It was settled already, or never opened."
        : "Ids may be shortened only while unique.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet conflicts --all", summary: "list them with their ids" }],
  });
}

function shownConflict(one: Conflict): ShownConflict {
  return {
    id: one.id,
    artifact: one.artifact,
    path: one.path,
    rule: one.rule,
    base: one.base?.blob ?? null,
    yours: { blob: one.yours?.blob ?? null, actor: one.yoursActor },
    theirs: { blob: one.theirs?.blob ?? null, actor: one.theirsActor },
    openedAt: isoFromMicros(one.openedAt),
    openedBy: one.openedBy,
    settledBy: one.settledBy,
  };
}
