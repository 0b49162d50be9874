import type { Answer, ChangeOutcome, ShownOperation } from "../../app/outcomes.ts";
import type { ChangeOutcomeValue } from "../schemas/operation.ts";

/** A change of any kind as it is answered. */
export function outcomeAnswer<Data extends ChangeOutcome>(answer: Answer<Data>): Data & ChangeOutcomeValue {
  const { data, notices, needsDecision } = answer;
  return { ...data, notices, needsDecision, replayed: false };
}

/** The answer to a request whose operation is on record already. */
export function replayedOutcome(operation: ShownOperation): ChangeOutcomeValue {
  return {
    operation: operation.id,
    changed: operation.changes,
    conflicts: [],
    skipped: [],
    decisions: [],
    notices: [],
    needsDecision: false,
    replayed: true,
  };
}
