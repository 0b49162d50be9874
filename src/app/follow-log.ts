import { isoFromMicros } from "../domain/clock.ts";
import { type CollectionId, parseRandomId } from "../domain/ids.ts";
import type { Operation } from "../domain/operations.ts";
import type { Store } from "../store/store.ts";
import type { CallOptions, Environment } from "./environment.ts";
import type { ShownOperation } from "./outcomes.ts";
import { onWorkbench, openUserStore } from "./workbench/workbench.ts";

/** An operation as it is told to those who follow the log. */
export interface FollowedOperation extends Pick<ShownOperation, "id" | "at" | "actor" | "kind" | "undoes"> {
  readonly sequence: number;
  /** `skill/pdf`, each once. */
  readonly artifacts: readonly string[];
}

/** So many operations are told one by one; beyond, asking anew is less work for everybody. */
const operationsMax = 500;

/** The log of a collection as somebody reads along, whichever process writes it. */
export class LogFeed {
  readonly #store: Store;
  readonly #collection: CollectionId;

  private constructor(store: Store, collection: CollectionId) {
    this.#store = store;
    this.#collection = collection;
  }

  /** Of the collection that calls with these options work on. The environment must lend its store. */
  static async open(environment: Environment, options: CallOptions): Promise<LogFeed> {
    const collection = await onWorkbench(
      environment,
      { ...options, reads: true },
      async (bench) => bench.collection,
    );
    return new LogFeed(await openUserStore(environment), collection);
  }

  /** Another text as soon as anything was recorded. */
  async head(): Promise<string> {
    return (await this.#store.history.chainHead(this.#collection)) ?? "";
  }

  /** The sequence of the newest operation; 0 before the first. */
  async newest(): Promise<number> {
    const [last] = await this.#store.history.operations({ collection: this.#collection, limit: 1 });
    return last?.sequence ?? 0;
  }

  /** The place of an operation in the log; null where the log has none of that id. */
  async sequenceOf(id: string): Promise<number | null> {
    const parsed = parseRandomId("operation", id);
    const operation = parsed === undefined ? undefined : await this.#store.history.operation(parsed);
    return operation?.collections.includes(this.#collection) === true ? operation.sequence : null;
  }

  /** What was recorded after a place in the log, oldest first; null where that is too much to tell. */
  async after(sequence: number): Promise<readonly FollowedOperation[] | null> {
    const found: Operation[] = [];
    let beforeSequence: number | undefined;
    for (;;) {
      const page = await this.#store.history.operations({
        collection: this.#collection,
        limit: 50,
        ...(beforeSequence === undefined ? {} : { beforeSequence }),
      });
      const news = page.filter((one) => one.sequence > sequence);
      found.push(...news);
      if (found.length > operationsMax) return null;
      const last = page.at(-1);
      if (last === undefined || news.length < page.length) return found.reverse().map(followed);
      beforeSequence = last.sequence;
    }
  }
}

function followed({ id, at, actor, kind, undoes, sequence, changes }: Operation): FollowedOperation {
  const artifacts = [...new Set(changes.flatMap((change) => change.artifact ?? []))];
  return { id, at: isoFromMicros(at), actor, kind, undoes, sequence, artifacts };
}
