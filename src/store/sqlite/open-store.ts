import type { WallClock } from "../../domain/clock.ts";
import type { Store } from "../store.ts";
import { EngineHost, type EngineHostOptions } from "./engine-host.ts";
import { jitterFrom } from "./jitter.ts";
import { type RunningEngine, storeOfEngine } from "./store-of-engine.ts";
import { openWorkerEngine } from "./worker-store.ts";
import { WriterTurn } from "./writer-turn.ts";

export interface OpenStoreOptions {
  /** Absolute path of the store; it and its folder are made where there is none. */
  readonly file: string;
  readonly clock: WallClock;
  readonly random: (count: number) => Uint8Array;
  /**
   * `worker`: in a thread of its own, so that no fsync holds up the event loop; for servers and libraries.
   * `inline`: on this thread, for a command that does one thing and ends (starting a thread costs some 10 ms).
   */
  readonly transport: "worker" | "inline";
  /** Opens what is there for reading alone; works in a folder that cannot be written. */
  readonly readOnly?: boolean;
  /** Lets the store lie on a network file system. */
  readonly allowNetwork?: boolean;
  /** Gives a copy of another store an id of its own, and lets it be written; else that is E-STORE-COPIED. */
  readonly adoptCopy?: boolean;
  /** Milliseconds to wait for other writers; by default `limits.lockWaitMillisecondsMax`. */
  readonly busyMillisecondsMax?: number;
}

/**
 * Opens the embedded store.
 * Throws E-STORE-DAMAGED, E-STORE-NEWER, E-STORE-PLACE, E-STORE-COPIED, E-STORE-BUSY, E-PERMISSION or, for one that is opened for
 * reading and was never made, E-NOT-FOUND.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { file, clock, random, transport, readOnly = false } = options;
  const hostOptions: EngineHostOptions = {
    file,
    readOnly,
    allowNetwork: options.allowNetwork ?? false,
    adoptCopy: options.adoptCopy ?? false,
    storeId: random(16),
    jitterSeed: random(8),
    ...(options.busyMillisecondsMax === undefined
      ? {}
      : { busyMillisecondsMax: options.busyMillisecondsMax }),
  };
  const engine =
    transport === "worker" ? await openWorkerEngine(hostOptions) : await openInlineEngine(hostOptions);
  const store = storeOfEngine(engine, clock, random);
  return readOnly
    ? store
    : withTurns(store, new WriterTurn({ file, clock, jitter: jitterFrom(hostOptions.jitterSeed) }));
}

async function openInlineEngine(options: EngineHostOptions): Promise<RunningEngine> {
  const host = await EngineHost.open(options);
  return { call: (method, input) => host.call(method, input), close: async () => host.close() };
}

function withTurns(store: Store, turn: WriterTurn): Store {
  return {
    ...store,
    takeTurn: () => turn.take(),
    close: async () => {
      turn.close();
      await store.close();
    },
  };
}
