import type { LocalBatch } from "./checkout-store.ts";
import type { WriteBatch } from "./history-store.ts";
import type { Store, WriteResult } from "./store.ts";

/** Batches in one transaction at most: a waiting writer of another process gets its turn between two. */
const groupBatchesMax = 256;

interface Waiting {
  readonly batches: readonly WriteBatch[];
  readonly resolve: (result: WriteResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A store whose concurrent writes share transactions: those that arrive while one is under way wait for it, and
 * then go together in the next. Under load a group costs one fsync; a single write waits for nobody.
 *
 * Invariants: each write gets the outcomes of its own batches, in order; a write with `whole` or `local`, whose
 * batches stand or fall together, has a transaction of its own; an error of a shared transaction is told to each
 * write of it, and none of them is stored.
 */
export function groupWrites(store: Store): Store {
  let waiting: Waiting[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let busy = 0;

  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    busy++;
    const turn = last.then(run).finally(() => busy--);
    last = turn.catch(() => undefined);
    return turn;
  };

  const writeWaiting = async (): Promise<void> => {
    const group = takeGroup();
    if (group.length === 0) return;
    try {
      const { outcomes } = await store.write(group.flatMap(({ batches }) => batches));
      let from = 0;
      for (const { batches, resolve } of group) {
        const own = outcomes.slice(from, from + batches.length);
        from += batches.length;
        resolve({ outcomes: own, localWritten: own.every(({ status }) => status === "done") });
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };

  const takeGroup = (): readonly Waiting[] => {
    let size = 0;
    let end = 0;
    for (const { batches } of waiting) {
      if (end > 0 && size + batches.length > groupBatchesMax) break;
      size += batches.length;
      end++;
    }
    const group = waiting.slice(0, end);
    waiting = waiting.slice(end);
    if (waiting.length > 0) void inTurn(writeWaiting);
    return group;
  };

  return {
    ...store,
    write: (batches, options) => {
      if (options?.whole === true || isNeeded(options?.local)) {
        return inTurn(() => store.write(batches, options));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ batches, resolve, reject });
        if (waiting.length === 1) void inTurn(writeWaiting);
      });
    },
    close: async () => {
      while (busy > 0) await last;
      await store.close();
    },
  };
}

function isNeeded(local: LocalBatch | undefined): boolean {
  return local !== undefined && Object.keys(local).length > 0;
}
