import { useEffect, useRef, useSyncExternalStore } from "react";
import { listenLive, presentHealth } from "./live.ts";
import type { Health, LiveMessage } from "./live-message.ts";

/** Calls `listener` with all that the server tells while the component is there. */
export function useLive(listener: (message: LiveMessage) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => listenLive((message) => latest.current(message)), []);
}

export function useHealth(): Health {
  return useSyncExternalStore(listenLive, presentHealth);
}
