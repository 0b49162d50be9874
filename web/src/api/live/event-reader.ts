import type { Health, LiveMessage, LiveOperation } from "./live-message.ts";

const retryMilliseconds = [1_000, 2_000, 5_000, 10_000] as const;

/**
 * Reads the server's events and tells them. A connection that breaks is taken up again after the last event that was
 * told; one that was down tells a gap when it is back, for the server may be another one by then. Ends by the signal.
 */
export function readEvents(signal: AbortSignal, tell: (message: LiveMessage) => void): void {
  let health: Health = { connection: "up", watcher: "up", since: Date.now() };
  let failures = 0;
  const report = (change: Partial<Omit<Health, "since">>) => {
    const next = { ...health, ...change };
    if (next.connection === health.connection && next.watcher === health.watcher) return;
    health = { ...next, since: Date.now() };
    tell({ type: "health", health });
  };
  const connect = () => {
    if (signal.aborted) return;
    const source = new EventSource("/api/events");
    const stop = () => source.close();
    signal.addEventListener("abort", stop, { once: true });
    source.addEventListener("open", () => {
      if (failures > 0) tell({ type: "gap" });
      failures = 0;
      report({ connection: "up" });
    });
    source.addEventListener("operation", ({ data }) => {
      const operation = operationIn(data);
      if (operation !== null) tell({ type: "operation", operation });
    });
    source.addEventListener("gap", () => tell({ type: "gap" }));
    source.addEventListener("status", ({ data }) => {
      report({ watcher: fieldOf(parsed(data), "watch") === "closed" ? "down" : "up" });
    });
    source.addEventListener("error", () => {
      report({ connection: "down" });
      failures += 1;
      // A source that was refused stays closed; one that only lost its connection comes back by itself.
      if (source.readyState !== EventSource.CLOSED) return;
      signal.removeEventListener("abort", stop);
      setTimeout(connect, retryMilliseconds[Math.min(failures, retryMilliseconds.length) - 1]);
    });
  };
  connect();
}

function operationIn(data: unknown): LiveOperation | null {
  const value = parsed(data);
  const [id, actor, kind, at] = ["operation", "actor", "kind", "at"].map((key) => fieldOf(value, key));
  if (typeof id !== "string" || typeof kind !== "string" || typeof at !== "string") return null;
  const artifacts = fieldOf(value, "artifacts");
  return {
    id,
    kind,
    at,
    actor: typeof actor === "string" ? actor : textOf(fieldOf(actor, "name")),
    artifacts: (Array.isArray(artifacts) ? artifacts : []).map((one: unknown) => ({
      kind: textOf(fieldOf(one, "kind")),
      name: textOf(fieldOf(one, "name")),
    })),
  };
}

function parsed(data: unknown): unknown {
  if (typeof data !== "string") return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
