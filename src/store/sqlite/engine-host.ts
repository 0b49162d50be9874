import { limits } from "../../domain/limits.ts";
import { closeKeepingLog } from "./close-keeping-log.ts";
import type { Database } from "./database.ts";
import { createEngine } from "./engine.ts";
import type { EngineInputs, EngineMethod, EngineMethods, EngineResults } from "./engine-methods.ts";
import { jitterFrom } from "./jitter.ts";
import { type DatabaseOptions, openDatabase } from "./open-database.ts";
import { isBusy, spoilsConnection, storeError } from "./sqlite-error.ts";

export interface EngineHostOptions extends DatabaseOptions {
  /** 8 random bytes that the waits between two attempts are drawn from. */
  readonly jitterSeed: Uint8Array;
  /** Milliseconds after which a store that stays busy is E-STORE-BUSY. */
  readonly busyMillisecondsMax?: number;
}

/**
 * Holds the connection.
 *
 * Invariants: nothing waits inside SQLite: a busy store is tried again after a pause, so that the event loop is
 * free and the wait has a bound; after an I/O error or a failed commit the connection is closed and never used
 * again, since what it remembers of the file may not be what the disk holds.
 */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #jitter: () => number;
  #open: { readonly database: Database; readonly methods: EngineMethods } | null = null;
  #closed = false;

  private constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#jitter = jitterFrom(options.jitterSeed);
  }

  static async open(options: EngineHostOptions): Promise<EngineHost> {
    const host = new EngineHost(options);
    await host.#patiently(() => host.#methods());
    return host;
  }

  async call<Method extends EngineMethod>(
    method: Method,
    input: EngineInputs[Method],
  ): Promise<EngineResults[Method]> {
    return await this.#patiently(() => this.#methods()[method](input));
  }

  close(): void {
    this.#closed = true;
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    if (this.#options.readOnly) open.database.close();
    else closeKeepingLog(open.database, this.#options.file);
  }

  #methods(): EngineMethods {
    if (this.#closed) throw new RangeError("the store is closed");
    if (this.#open === null) {
      const database = openDatabase(this.#options);
      this.#open = { database, methods: createEngine(database, this.#options.file) };
    }
    return this.#open.methods;
  }

  /** Tries again while others hold the lock: pauses grow from 1 to 20 ms, each drawn at random. */
  async #patiently<Result>(attempt: () => Result): Promise<Result> {
    const waitMax = this.#options.busyMillisecondsMax ?? limits.lockWaitMillisecondsMax;
    let waited = 0;
    for (let pauseMax = 1; ; pauseMax = Math.min(pauseMax * 2, 20)) {
      try {
        return attempt();
      } catch (error) {
        if (spoilsConnection(error)) this.#dropConnection();
        if (!isBusy(error) || waited >= waitMax) throw storeError(error, this.#options.file);
      }
      const pause = 1 + this.#jitter() * pauseMax;
      waited += pause;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  #dropConnection(): void {
    try {
      this.#open?.database.close();
    } catch {
      // It is being dropped because it does not work.
    }
    this.#open = null;
  }
}
