import { StetError } from "../domain/errors.ts";
import type { OperationId } from "../domain/ids.ts";
import type { Operation } from "../domain/operations.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { operationsBackward } from "./history/operations-backward.ts";
import { readOperation } from "./history/point.ts";
import { showOperation } from "./log.ts";
import { type Answer, answer, type ChangeOutcome, type ShownOperation } from "./outcomes.ts";
import { reverse } from "./record/reverse.ts";
import { type UndoPlace, UndoWalk } from "./record/undo-order.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface UndoInput extends CallOptions {
  /** An operation's id; absent for the newest of this actor that still stands. */
  readonly operation?: string;
  /** Takes the newest operation of anybody. */
  readonly any?: boolean;
  readonly partial?: boolean;
}

export type UndoData = ChangeOutcome & {
  /** The operation that was taken back. */
  readonly undone: ShownOperation;
};

/** Takes back the newest operation of this actor, or the one that is named; never what came after it. */
export async function undo(environment: Environment, input: UndoInput = {}): Promise<Answer<UndoData>> {
  return await writing(environment, input, async (bench, captured) => {
    const operation =
      input.operation === undefined
        ? await newestToUndo(bench, input, captured?.operation ?? null)
        : await readOperation(bench, input.operation);
    refuseFirstImport(operation);
    const outcome = await reverse(bench, operation, { ...input, kind: "undo" });
    return await answerFor(bench, outcome, operation, ["stet redo", "stet status"]);
  });
}

/** Brings back what was undone last, as long as nothing was edited since. */
export async function redo(environment: Environment, input: UndoInput = {}): Promise<Answer<UndoData>> {
  return await writing(environment, input, async (bench) => {
    const operation = await newestToRedo(bench, input);
    const outcome = await reverse(bench, operation, { ...input, kind: "redo" });
    return await answerFor(bench, outcome, operation, ["stet undo", "stet status"]);
  });
}

/** Takes back one operation by name, and stands as a change of its own: `undo` takes the revert back. */
export async function revert(
  environment: Environment,
  input: CallOptions & { readonly operation: string; readonly partial?: boolean },
): Promise<Answer<UndoData>> {
  return await writing(environment, input, async (bench) => {
    const operation = await readOperation(bench, input.operation);
    refuseFirstImport(operation);
    const outcome = await reverse(bench, operation, { ...input, kind: "revert" });
    return await answerFor(bench, outcome, operation, ["stet undo", "stet status"]);
  });
}

async function answerFor(
  bench: Workbench,
  outcome: ChangeOutcome,
  operation: Operation,
  next: readonly string[],
): Promise<Answer<UndoData>> {
  const undone = await showOperation(bench, operation);
  const needsDecision = outcome.conflicts.length > 0 || outcome.skipped.length > 0;
  return answer(
    { ...outcome, undone },
    { notices: bench.notices, needsDecision, next: outcome.conflicts.length > 0 ? ["stet conflicts"] : next },
  );
}

async function newestToUndo(
  bench: Workbench,
  input: UndoInput,
  captured: OperationId | null,
): Promise<Operation> {
  const walk = new UndoWalk({
    actor: bench.actor,
    any: input.any ?? false,
    ownCaptures: new Set(captured === null ? [] : [captured]),
    here: undoPlace(bench),
  });
  for await (const operation of operationsBackward(bench)) if (walk.undoTakes(operation)) return operation;
  throw nothingTo("undo", input);
}

async function newestToRedo(bench: Workbench, input: UndoInput): Promise<Operation> {
  const walk = new UndoWalk({
    actor: bench.actor,
    any: input.any ?? false,
    ownCaptures: new Set(),
    here: undoPlace(bench),
  });
  for await (const operation of operationsBackward(bench)) {
    const found = walk.redoTakes(operation);
    if (found === "take") return operation;
    if (found === "stop") break;
  }
  throw nothingTo("redo", input);
}

function undoPlace({ checkout, branchRef, checkoutRef }: Workbench): UndoPlace {
  return { branch: checkout.branch, branchRef, checkoutRef };
}

function refuseFirstImport(operation: Operation): void {
  if (operation.kind !== "init") return;
  throw new StetError({
    code: "E-HORIZON",
    what: "The first import is where this history begins.",
    where: operation.id,
    why: "There is no state before it to go back to, and its files were there before stet was.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet detach", summary: "end the collection here; its files stay as they are" }],
  });
}

function nothingTo(verb: "undo" | "redo", input: UndoInput): StetError {
  const whose = input.any ? "" : " by you";
  return new StetError({
    code: "E-NOTHING-TO-UNDO",
    what: `There is nothing left to ${verb}${whose}.`,
    where: "the log of this collection",
    why:
      verb === "undo"
        ? "Every operation that it would take is taken back already, or was made by another."
        : "Nothing was undone since the last edit.",
    kept: "Nothing was changed.",
    fixes: [
      { cmd: "stet log", summary: "see all operations" },
      { cmd: `stet ${verb} --any`, summary: "take the newest of anybody" },
    ],
  });
}
