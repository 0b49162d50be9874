// The server's events, once for all tabs of this browser: a browser opens six connections to a server at most, so one
// tab (the holder of a lock) reads them and passes them on. When it goes, the lock goes to another.

import { readEvents } from "./event-reader.ts";
import type { Health, LiveMessage } from "./live-message.ts";

const lockName = "stet.events";
const channelName = "stet.events";

type Listener = (message: LiveMessage) => void;

const listeners = new Set<Listener>();
let health: Health = { connection: "up", watcher: "up", since: Date.now() };
let started = false;

/** Hears what the server tells, from now on until the returned function is called. */
export function listenLive(listener: Listener): () => void {
  start();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How the connection and the watcher are, as last told. */
export function presentHealth(): Health {
  return health;
}

function start(): void {
  if (started) return;
  started = true;
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener("message", ({ data }: MessageEvent<LiveMessage | "who">) => {
    if (data !== "who") deliver(data);
  });
  const stopped = new AbortController();
  // The lock is held for as long as this promise is open: until the tab is gone.
  const lead = () =>
    new Promise<void>(() => {
      const tell = (message: LiveMessage) => {
        deliver(message);
        channel.postMessage(message);
      };
      // A tab that came later does not know how things are.
      channel.addEventListener("message", ({ data }: MessageEvent<LiveMessage | "who">) => {
        if (data === "who") channel.postMessage({ type: "health", health });
      });
      // What happened between two readers is not known.
      tell({ type: "gap" });
      readEvents(stopped.signal, tell);
    });
  channel.postMessage("who");
  void navigator.locks.request(lockName, lead).catch(() => undefined);
}

function deliver(message: LiveMessage): void {
  if (message.type === "health") health = message.health;
  for (const listener of [...listeners]) listener(message);
}
