import type { CommitId, ObjectId } from "../domain/ids.ts";
import { limits } from "../domain/limits.ts";
import type { RefName } from "../domain/operations.ts";
import { NodeCache } from "../snapshot/node-cache.ts";
import type { NewObject, ObjectSource } from "../snapshot/object-source.ts";
import type { WriteBatch, WriteOutcome } from "./history-store.ts";
import type { HeldTurn, Store } from "./store.ts";

/** What a save answers instead of a batch: it has nothing to write on this head, or must not. */
export interface NothingToWrite<Answer> {
  readonly nothing: Answer;
}

/** One save: what it writes is made on the head that it finds, and made again when that head moved. */
export interface RefSave<Answer> {
  readonly ref: RefName;
  /**
   * Makes the batch on `head`. `source` also reads what saves before this one are about to write. Called anew
   * whenever the ref moved: it must not keep anything from an earlier call.
   */
  readonly build: (
    head: CommitId | null,
    source: ObjectSource,
  ) => Promise<WriteBatch | NothingToWrite<Answer>>;
}

export type RefSaveOutcome<Answer> =
  | { readonly status: "nothing"; readonly answer: Answer }
  | { readonly status: "written"; readonly outcome: WriteOutcome };

interface Queued {
  readonly build: RefSave<unknown>["build"];
  readonly settle: (result: RefSaveOutcome<unknown>) => void;
  readonly reject: (error: unknown) => void;
  attempts: number;
}

/** Saves of one transaction at most. */
const groupSavesMax = 256;
/** Groups that take a turn after another process was met on the ref. */
const turnsAfterMeeting = 64;

/**
 * Serialises saves on each ref inside a process. Saves that queue up while a transaction is under way are made
 * one on top of the other and written in the next one: 64 concurrent saves of one ref cost about one fsync, and
 * none is refused for having read an old head.
 *
 * Invariants: a save is built on the head that its batch names, which is either in the store or written before it
 * in the same transaction; when another process moved the ref, every save of the group that came out stale is
 * built again on the new head, at most `limits.refSaveAttemptsMax` times. From then on it takes turns with the others
 * for a while: it loses no more races, and waits about as long as they do.
 */
export class RefWriter {
  readonly #store: Store;
  readonly #nodes: NodeCache;
  readonly #queues = new Map<RefName, Queued[]>();
  /** Groups of a ref that are still to take a turn. */
  readonly #turns = new Map<RefName, number>();

  constructor(store: Store) {
    this.#store = store;
    this.#nodes = new NodeCache(store.history);
  }

  /** Saves in turn. Rejects with what `build` or the store throws; other saves go on. */
  save<Answer>(save: RefSave<Answer>): Promise<RefSaveOutcome<Answer>> {
    return new Promise((resolve, reject) => {
      let answer: { readonly nothing: Answer } | null = null;
      const queued: Queued = {
        attempts: 0,
        reject,
        build: async (head, source) => {
          const built = await save.build(head, source);
          answer = "nothing" in built ? built : null;
          return built;
        },
        settle: (result) => {
          if (result.status === "written") resolve(result);
          else if (answer !== null) resolve({ status: "nothing", answer: answer.nothing });
        },
      };
      const queue = this.#queues.get(save.ref);
      if (queue !== undefined) {
        queue.push(queued);
        return;
      }
      const fresh = [queued];
      this.#queues.set(save.ref, fresh);
      void this.#drain(save.ref, fresh);
    });
  }

  async #drain(ref: RefName, queue: Queued[]): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0, groupSavesMax);
      try {
        queue.unshift(...(await this.#writeGroup(ref, group)));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#queues.delete(ref);
  }

  /** Builds and writes a group; gives back the saves that have to be built again. */
  async #writeGroup(ref: RefName, group: readonly Queued[]): Promise<readonly Queued[]> {
    const turn = await this.#turn(ref);
    try {
      let again = await this.#buildAndWrite(ref, group);
      // A writer that takes no turns was faster: the turn is kept until the saves are made.
      while (turn !== null && again.length > 0) again = await this.#buildAndWrite(ref, again);
      return again;
    } finally {
      turn?.release();
    }
  }

  /** Where another process was met on the ref, the head is read and moved within one turn. */
  async #turn(ref: RefName): Promise<HeldTurn | null> {
    const left = this.#turns.get(ref) ?? 0;
    const turn = left === 0 ? null : ((await this.#store.takeTurn?.()) ?? null);
    // A turn that cannot be had is not waited for again before another race is lost.
    if (turn === null) this.#turns.delete(ref);
    else if (turn.waited) this.#turns.set(ref, turnsAfterMeeting);
    else if (left > 1) this.#turns.set(ref, left - 1);
    else this.#turns.delete(ref);
    return turn;
  }

  async #buildAndWrite(ref: RefName, group: readonly Queued[]): Promise<readonly Queued[]> {
    const overlay = new UnwrittenObjects(this.#store.history);
    const source = this.#nodes.over(overlay);
    let head = (await this.#store.history.ref(ref)) ?? null;
    const built: { readonly save: Queued; readonly batch: WriteBatch }[] = [];
    const idle: Queued[] = [];
    for (const save of group) {
      try {
        const batch = await save.build(head, source);
        if ("nothing" in batch) {
          idle.push(save);
          continue;
        }
        overlay.add(batch.objects);
        head = batch.operation.refs.find(({ name }) => name === ref)?.after ?? head;
        built.push({ save, batch });
      } catch (error) {
        save.reject(error);
      }
    }
    if (built.length === 0) {
      for (const save of idle) save.settle({ status: "nothing", answer: undefined });
      return [];
    }
    return await this.#write(ref, built, idle);
  }

  async #write(
    ref: RefName,
    built: readonly { readonly save: Queued; readonly batch: WriteBatch }[],
    idle: readonly Queued[],
  ): Promise<readonly Queued[]> {
    const { outcomes } = await this.#store.write(built.map(({ batch }) => batch));
    const again: Queued[] = [];
    let allWritten = true;
    for (const [index, { save }] of built.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) throw new RangeError("a batch without an outcome");
      // What was built on top of a batch that was not written is incomplete without having done anything wrong.
      const mayHelp = outcome.status === "stale" || (outcome.status === "incomplete" && !allWritten);
      if (outcome.status === "stale") this.#turns.set(ref, turnsAfterMeeting);
      if (outcome.status !== "done") allWritten = false;
      if (mayHelp && ++save.attempts < limits.refSaveAttemptsMax) again.push(save);
      else save.settle({ status: "written", outcome });
    }
    // A save that found nothing to do may have found it on a head that was never written.
    for (const save of idle) {
      if (allWritten) save.settle({ status: "nothing", answer: undefined });
      else again.push(save);
    }
    return again;
  }
}

/** Objects of batches that are not written yet, in front of the store. */
class UnwrittenObjects implements ObjectSource {
  readonly #below: ObjectSource;
  readonly #bytes = new Map<ObjectId, Uint8Array>();

  constructor(below: ObjectSource) {
    this.#below = below;
  }

  add(objects: readonly NewObject[]): void {
    for (const { id, bytes } of objects) this.#bytes.set(id, bytes);
  }

  readonly getMany = async (ids: readonly ObjectId[]): Promise<readonly (Uint8Array | undefined)[]> => {
    const wanted = ids.filter((id) => !this.#bytes.has(id));
    const read = wanted.length === 0 ? [] : await this.#below.getMany(wanted);
    const found = new Map(wanted.map((id, index) => [id, read[index]]));
    return ids.map((id) => this.#bytes.get(id) ?? found.get(id));
  };
}
