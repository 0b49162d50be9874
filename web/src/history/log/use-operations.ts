import { useCallback, useEffect, useRef, useState } from "react";
import { useLive } from "../../api/live/use-live.ts";
import { type OperationFilter, type OperationValue, readOperations } from "../../api/operations.ts";

const firstPage = 200;
const laterPage = 500;

/** The log as far as it is here. The first page shows at once; the rest follows when it is asked for. */
export interface OperationFeed {
  readonly operations: readonly OperationValue[] | undefined;
  readonly isComplete: boolean;
  readonly error: unknown;
  /** Asks for what is older than what is here. */
  readonly more: () => void;
  readonly reload: () => void;
}

interface Held {
  readonly filter: OperationFilter;
  readonly operations: readonly OperationValue[];
  readonly next: string | null;
}

/** Callers hold `filter` by `useMemo`: another one is another question. */
export function useOperations(filter: OperationFilter): OperationFeed {
  const [held, setHeld] = useState<Held>();
  const [error, setError] = useState<unknown>();
  const asking = useRef<AbortController>(undefined);

  const ask = useCallback(
    (cursor?: string) => {
      asking.current?.abort();
      const abort = new AbortController();
      asking.current = abort;
      readOperations(filter, { limit: cursor === undefined ? firstPage : laterPage, cursor }, abort.signal)
        .then(({ items, next }) => {
          if (abort.signal.aborted) return;
          asking.current = undefined;
          setError(undefined);
          setHeld((before) => joined(before, { filter, operations: items, next }, cursor !== undefined));
        })
        .catch((thrown: unknown) => {
          if (abort.signal.aborted) return;
          asking.current = undefined;
          setError(thrown);
        });
    },
    [filter],
  );
  useEffect(() => {
    ask();
    return () => asking.current?.abort();
  }, [ask]);
  useLive((message) => {
    if (message.type !== "health") ask();
  });

  const present = held?.filter === filter ? held : undefined;
  const next = present?.next ?? null;
  const more = useCallback(() => {
    if (next !== null && asking.current === undefined) ask(next);
  }, [ask, next]);
  const reload = useCallback(() => ask(), [ask]);
  return {
    operations: present?.operations ?? held?.operations,
    isComplete: present !== undefined && next === null,
    error,
    more,
    reload,
  };
}

/**
 * What was here with what came. A newer first page goes before what is here where the two meet; where they do not,
 * something in between is not known, and the page stands alone.
 */
export function joined(before: Held | undefined, page: Held, isLater: boolean): Held {
  if (before === undefined || before.filter !== page.filter) return page;
  if (isLater) return { ...page, operations: [...before.operations, ...page.operations] };
  const oldest = page.operations.at(-1);
  const meet = before.operations.findIndex(({ id }) => id === oldest?.id);
  if (meet === -1) return page;
  return { ...before, operations: [...page.operations, ...before.operations.slice(meet + 1)] };
}
