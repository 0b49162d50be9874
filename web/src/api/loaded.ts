import { useCallback, useEffect, useRef, useState } from "react";

/** What a screen shows of something that is asked for. What was there stays while it is asked for again. */
export interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly error: unknown;
  readonly reload: () => void;
}

type Load<Value> = (signal: AbortSignal) => Promise<Value>;

/**
 * Asks when `load` is another function (callers hold it by `useCallback`) and whenever `reload` is called. An answer
 * that was overtaken is dropped, so that nothing stale is painted over something newer (BUGS F8).
 */
export function useLoaded<Value>(load: Load<Value>): Loaded<Value> {
  const [state, setState] = useState<{ load: Load<Value>; value?: Value; error?: unknown }>({ load });
  const asking = useRef<AbortController>(undefined);
  const ask = useCallback(() => {
    asking.current?.abort();
    const abort = new AbortController();
    asking.current = abort;
    load(abort.signal).then(
      (value) => abort.signal.aborted || setState({ load, value }),
      (error: unknown) =>
        abort.signal.aborted ||
        setState((before) => ({ ...(before.load === load ? before : { load }), error })),
    );
  }, [load]);
  useEffect(() => {
    ask();
    return () => asking.current?.abort();
  }, [ask]);
  const isPresent = state.load === load;
  return {
    value: isPresent ? state.value : undefined,
    error: isPresent ? state.error : undefined,
    reload: ask,
  };
}
