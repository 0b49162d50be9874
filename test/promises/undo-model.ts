/**
 * What undo promises, said again in the plainest way: maps and a list, no store, no tree, no disk.
 *
 * A file is known by where it lies below the project, its content by its hash; null is "not there".
 */
export type Hash = string | null;

export interface ModelChange {
  readonly file: string;
  readonly before: Hash;
  readonly after: Hash;
}

export interface ModelConflict {
  readonly file: string;
  readonly base: Hash;
  readonly yours: Hash;
  readonly theirs: Hash;
}

/** A conflict as it was asked: who opened it and who settled it, by operation. */
interface Question {
  readonly asked: ModelConflict;
  readonly openedBy: string;
  settledBy: string | null;
}

/** An operation as it is expected; its id is filled in from what was recorded. */
export interface ModelOperation {
  id: string;
  readonly who: string;
  readonly kind: string;
  readonly undoes: string | null;
  readonly changes: readonly ModelChange[];
}

export interface Reversal {
  readonly changes: readonly ModelChange[];
  readonly conflicts: readonly ModelConflict[];
  /** Files of targets that hold something else by now. */
  readonly edited: readonly string[];
}

const root = ".agents/";

function isCanonical(file: string): boolean {
  return file.startsWith(root);
}

export class UndoModel {
  /** What lies on disk: the root's files and the targets'. */
  readonly disk = new Map<string, string>();
  /** What history holds of the root's files. */
  readonly history = new Map<string, string>();
  readonly log: ModelOperation[] = [];
  readonly #questions: Question[] = [];
  /** What history held of the root after each operation, by its id. */
  readonly #after = new Map<string, ReadonlyMap<string, string>>();

  /** The conflicts that wait for a decision. */
  get conflicts(): readonly ModelConflict[] {
    return this.#questions.flatMap((one) => (one.settledBy === null ? [one.asked] : []));
  }

  /** The edits on disk that no operation holds yet. */
  edits(): readonly ModelChange[] {
    return difference(this.history, canonicalOf(this.disk));
  }

  /** What it takes to bring the root back to how it was after an operation. */
  restoration(id: string): readonly ModelChange[] {
    return difference(this.history, this.#after.get(id) ?? new Map());
  }

  record(operation: ModelOperation, conflicts: readonly ModelConflict[] = []): void {
    for (const { file, after } of operation.changes) {
      for (const map of isCanonical(file) ? [this.disk, this.history] : [this.disk]) {
        if (after === null) map.delete(file);
        else map.set(file, after);
      }
    }
    this.log.push(operation);
    if (operation.undoes !== null) this.#askBack(operation.id, operation.undoes);
    for (const asked of conflicts) this.#questions.push({ asked, openedBy: operation.id, settledBy: null });
    this.#after.set(operation.id, new Map(this.history));
  }

  /** The operation that `undo` takes: the newest of this actor, or of anybody, that still stands. */
  toUndo(who: string | null, ownCapture: string | null): ModelOperation | undefined {
    return this.log.findLast(
      (one) =>
        isWork(one) && one.id !== ownCapture && (who === null || one.who === who) && !this.#isTakenBack(one),
    );
  }

  /** The undo that `redo` takes back: the newest that stands, unless work of the same actor came after it. */
  toRedo(who: string | null): ModelOperation | undefined {
    const newest = this.log.findLast(
      (one) =>
        (who === null || one.who === who) &&
        !this.#isTakenBack(one) &&
        (one.kind === "undo" || (isWork(one) && one.kind !== "capture")),
    );
    return newest?.kind === "undo" ? newest : undefined;
  }

  /** What taking an operation back does to the files as they are now. */
  reversal({ changes }: ModelOperation): Reversal {
    const back: ModelChange[] = [];
    const conflicts: ModelConflict[] = [];
    const edited: string[] = [];
    for (const { file, before, after } of changes) {
      const now = this.disk.get(file) ?? null;
      if (now === before) continue;
      if (now === after) back.push({ file, before: now, after: before });
      else if (isCanonical(file)) conflicts.push({ file, base: after, yours: before, theirs: now });
      else edited.push(file);
    }
    return { changes: back, conflicts, edited };
  }

  /** What is taken back had asked something: that is settled. It had settled something: that is asked again. */
  #askBack(by: string, takenBack: string): void {
    const questions = [...this.#questions];
    const opened = questions.filter((one) => one.openedBy === takenBack);
    const settled = questions.filter((one) => one.settledBy === takenBack);
    const isOpened = (asked: ModelConflict) =>
      opened.some((one) => JSON.stringify(one.asked) === JSON.stringify(asked));
    for (const one of questions) if (one.settledBy === null && isOpened(one.asked)) one.settledBy = by;
    for (const { asked } of settled) this.#questions.push({ asked, openedBy: by, settledBy: null });
  }

  #isTakenBack(operation: ModelOperation): boolean {
    return this.log.some(
      (one) =>
        one.undoes === operation.id &&
        (one.kind === "undo" || one.kind === "redo") &&
        !this.#isTakenBack(one),
    );
  }
}

/** An operation that changes something by itself, as against one that only takes another back or begins it all. */
function isWork({ kind }: ModelOperation): boolean {
  return !["init", "undo", "redo"].includes(kind);
}

function canonicalOf(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...files].filter(([file]) => isCanonical(file)));
}

function difference(
  from: ReadonlyMap<string, string>,
  to: ReadonlyMap<string, string>,
): readonly ModelChange[] {
  const changes: ModelChange[] = [];
  for (const file of new Set([...from.keys(), ...to.keys()])) {
    const before = from.get(file) ?? null;
    const after = to.get(file) ?? null;
    if (before !== after) changes.push({ file, before, after });
  }
  return changes;
}
