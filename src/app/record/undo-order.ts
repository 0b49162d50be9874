import { type Actor, sameActor } from "../../domain/actors.ts";
import type { OperationId } from "../../domain/ids.ts";
import type { Operation, OperationKind, RefName } from "../../domain/operations.ts";
import { switchOf } from "./switch-details.ts";

/** Operations that have nothing to take back, or that only their own counterpart takes back. */
const neverUndone: ReadonlySet<OperationKind> = new Set(["init", "prune", "forget", "failed", "relink"]);

/** Where the caller is: what moved only another branch or checkout is not undone from here. */
export interface UndoPlace {
  readonly branch: string;
  readonly branchRef: RefName;
  readonly checkoutRef: RefName;
}

export interface UndoQuery {
  readonly actor: Actor;
  /** Takes anybody's newest operation, not only this actor's. */
  readonly any: boolean;
  /** Captures that this very command made: keeping them is not what undo is asked for. */
  readonly ownCaptures: ReadonlySet<OperationId>;
  readonly here: UndoPlace;
}

/**
 * Walks a collection's log, newest first, and tells which operation `undo` or `redo` takes.
 *
 * An undo or redo names what it takes back (`undoes`). Walking from the newest, whatever a standing undo
 * names is out of the picture; a redo names an undo, so that undo is out and what it had undone stands again.
 * So undo, undo, redo, redo comes back to where it began.
 */
export class UndoWalk {
  readonly #query: UndoQuery;
  readonly #takenBack = new Set<OperationId>();

  constructor(query: UndoQuery) {
    this.#query = query;
  }

  /** Looks at the next older operation: whether `undo` takes this one. */
  undoTakes(operation: Operation): boolean {
    if (this.#standsAside(operation)) return false;
    if (operation.kind === "undo" || operation.kind === "redo") return false;
    return this.#isCandidate(operation);
  }

  /**
   * Looks at the next older operation: `take` where `redo` takes this one, `stop` where an edit by the same
   * actor came after every undo, so that there is nothing to redo. Captures do not clear redo.
   */
  redoTakes(operation: Operation): "take" | "stop" | "go on" {
    if (this.#standsAside(operation)) return "go on";
    if (operation.kind === "undo") return this.#isOurs(operation) ? "take" : "go on";
    if (operation.kind === "redo" || operation.kind === "capture") return "go on";
    return this.#isCandidate(operation) ? "stop" : "go on";
  }

  #standsAside(operation: Operation): boolean {
    if (this.#takenBack.has(operation.id)) return true;
    // An operation that could not be put in place was taken back by a `failed` one.
    const reverses = ["undo", "redo", "failed"].includes(operation.kind);
    if (reverses && operation.undoes !== null) this.#takenBack.add(operation.undoes);
    return false;
  }

  #isCandidate(operation: Operation): boolean {
    if (neverUndone.has(operation.kind)) return false;
    if (this.#query.ownCaptures.has(operation.id)) return false;
    return this.#isOurs(operation);
  }

  #isOurs(operation: Operation): boolean {
    if (!this.#isHere(operation)) return false;
    if (this.#query.any) return operation.actor.kind !== "git";
    return sameActor(operation.actor, this.#query.actor);
  }

  /**
   * What moves no ref (a push, a pin) is everywhere, and so is a branch that begins or goes. A switch can be taken
   * back only from where it led.
   */
  #isHere(operation: Operation): boolean {
    const { here } = this.#query;
    const switched = switchOf(operation);
    const moves = (name: RefName) => operation.refs.some((move) => move.name === name);
    if (switched !== null) return switched.branch === here.branch && moves(here.checkoutRef);
    const heads = operation.refs.filter(({ name }) => name.includes("/heads/"));
    if (heads.length === 0) return operation.refs.length === 0 || moves(here.checkoutRef);
    return moves(here.branchRef) || heads.some(({ before, after }) => before === null || after === null);
  }
}
