import { chmodSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { WallClock } from "../../domain/clock.ts";
import { limits } from "../../domain/limits.ts";
import type { HeldTurn } from "../store.ts";
import { isBusy } from "./sqlite-error.ts";
import { WaitingLine } from "./waiting-line.ts";

export interface WriterTurnOptions {
  /** Absolute path of the store. */
  readonly file: string;
  readonly clock: WallClock;
  /** Gives numbers in [0, 1). */
  readonly jitter: () => number;
  /** Milliseconds; by default `limits.turnWaitMillisecondsMax`. */
  readonly waitMillisecondsMax?: number;
}

/**
 * Whose turn it is among processes that save on one store at once: theirs who has waited longest.
 *
 * Invariants:
 * - a turn is advice: it spares a writer from making what another has overtaken by then. Nothing is wrong where two
 *   have it or nobody takes it; what keeps a ref is the comparison in the transaction that moves it;
 * - it is SQLite's exclusive lock on an empty database beside the store, which the kernel drops with its holder:
 *   no crash leaves it behind (BUGS S13), and that the file is there means nothing;
 * - nobody waits for it longer than the limit: who waited that long writes without.
 */
export class WriterTurn {
  readonly #options: WriterTurnOptions;
  #open: { readonly lock: DatabaseSync; readonly line: WaitingLine } | null = null;

  constructor(options: WriterTurnOptions) {
    this.#options = options;
  }

  /** Waits for the turn; null where it was not to be had. Never fails: the writer goes on without it. */
  async take(): Promise<HeldTurn | null> {
    try {
      this.#open ??= this.#opened();
      const { lock, line } = this.#open;
      const paused = await this.#wait(lock, line);
      line.leave();
      return paused === null ? null : { waited: paused > 0, release: () => leaveTurn(lock) };
    } catch {
      return null;
    }
  }

  /** Milliseconds until the turn was taken; null where it was not. */
  async #wait(lock: DatabaseSync, line: WaitingLine): Promise<number | null> {
    const { clock, jitter, waitMillisecondsMax = limits.turnWaitMillisecondsMax } = this.#options;
    const since = clock.now() / 1000;
    for (let paused = 0; paused < waitMillisecondsMax; ) {
      const before = line.stand(since, clock.now() / 1000);
      if (before === 0 && isTaken(lock)) return paused;
      // Those far behind ask less often.
      const pause = 1 + jitter() * Math.min(1 + before, 10);
      paused += pause;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return null;
  }

  close(): void {
    this.#open?.lock.close();
    this.#open?.line.close();
    this.#open = null;
  }

  #opened() {
    const { file, jitter } = this.#options;
    const line = new WaitingLine(`${file}-line`, jitter());
    const lock = new DatabaseSync(`${file}-turn`, { timeout: 0 });
    chmodSync(`${file}-turn`, 0o600);
    return { lock, line };
  }
}

/** Takes the lock; false where another has it. Throws what else SQLite throws. */
function isTaken(lock: DatabaseSync): boolean {
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

function leaveTurn(lock: DatabaseSync): void {
  if (lock.isOpen && lock.isTransaction) lock.exec("ROLLBACK");
}
