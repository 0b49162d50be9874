import { readGitState } from "../workspace/git-state.ts";
import { type PlacesWatch, type WatchState, watchPlaces } from "../workspace/watch.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome, type Notice } from "./outcomes.ts";
import { autoSync } from "./targets/auto-sync.ts";
import { reading } from "./workbench/reading.ts";
import { writing } from "./workbench/writing.ts";

/** What a watch tells as it goes. */
export type WatchEvent =
  /** How it looks now, and why where that is not by events (P7). Told first, and whenever it changes. */
  | { readonly kind: "state"; readonly state: WatchState }
  | { readonly kind: "captured"; readonly outcome: ChangeOutcome; readonly notices: readonly Notice[] }
  /** Copies that were brought up to date, at targets that the collection's `auto-sync` names. */
  | { readonly kind: "synced"; readonly outcome: ChangeOutcome; readonly notices: readonly Notice[] }
  /** A target that is left alone, because another program keeps putting its version back. Told once. */
  | { readonly kind: "paused"; readonly why: string }
  /** A look that failed: the next one is made all the same. */
  | { readonly kind: "problem"; readonly error: unknown };

export interface WatchInput extends CallOptions {
  readonly onEvent: (event: WatchEvent) => void;
  /** Ends the watch. */
  readonly stop: AbortSignal;
  readonly settleMilliseconds?: number;
  readonly lookAgainMilliseconds?: number;
}

/**
 * Captures what changes in the root as it changes, by an unknown writer, until it is stopped. Events are hints:
 * each look hashes what may differ, and one is made every so often without any. While git is in the middle of
 * something it waits. Targets that the collection's `auto-sync` names are brought up to date where that is safe. Resolves when the last look has ended; throws where there is no collection to begin with.
 */
export async function watch(
  environment: Environment,
  input: WatchInput,
): Promise<Answer<{ readonly captures: number }>> {
  const { scope, claims } = input;
  const options: CallOptions = { ...(scope === undefined ? {} : { scope }), ...(claims ? { claims } : {}) };
  const { place, base, disk } = await reading(environment, options, async (bench) => ({
    place: bench.root,
    base: bench.checkout.base,
    disk: bench.disk,
  }));
  const looks = new Looks(environment, options, input.onEvent);
  const watched = await watchPlaces({
    places: [place],
    onHint: () => looks.look(),
    onError: (error) => input.onEvent({ kind: "problem", error }),
    isHeld: () => scope !== "local" && (readGitState(disk, base)?.inTheMiddleOf ?? null) !== null,
    ...(input.settleMilliseconds === undefined ? {} : { settleMilliseconds: input.settleMilliseconds }),
    ...(input.lookAgainMilliseconds === undefined
      ? {}
      : { lookAgainMilliseconds: input.lookAgainMilliseconds }),
  });
  looks.attach(watched);
  await stopped(input.stop);
  await watched.close();
  await looks.ended();
  return answer({ captures: looks.captures });
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

class Looks {
  readonly #environment: Environment;
  readonly #options: CallOptions;
  readonly #onEvent: WatchInput["onEvent"];
  #running: Promise<void> = Promise.resolve();
  #watched: PlacesWatch | null = null;
  #told: WatchState | null = null;
  #paused: ReadonlySet<string> = new Set();
  captures = 0;

  constructor(environment: Environment, options: CallOptions, onEvent: WatchInput["onEvent"]) {
    this.#environment = environment;
    this.#options = options;
    this.#onEvent = onEvent;
  }

  /** The first looks may come before the watch is known here. */
  attach(watched: PlacesWatch): void {
    this.#watched = watched;
    this.#tellState();
  }

  async look(): Promise<void> {
    this.#tellState();
    const running = this.#capture();
    this.#running = running.catch(() => undefined);
    await running;
  }

  #tellState(): void {
    const state = this.#watched?.state();
    if (state === undefined || state.kind === this.#told?.kind) return;
    this.#told = state;
    this.#onEvent({ kind: "state", state });
  }

  async ended(): Promise<void> {
    await this.#running;
  }

  async #capture(): Promise<void> {
    const looked = { ...this.#options, loss: "withhold" as const, waitsForGit: true };
    const { captured, synced, notices } = await writing(
      this.#environment,
      looked,
      async (bench, captured) => ({
        captured,
        synced: await autoSync(bench),
        notices: bench.notices,
      }),
    );
    if (captured !== null && captured.operation !== null) {
      this.captures += 1;
      this.#onEvent({ kind: "captured", outcome: captured, notices });
    }
    if (synced === null) return;
    if (synced.outcome.operation !== null) {
      this.#onEvent({ kind: "synced", outcome: synced.outcome, notices });
    }
    for (const why of synced.paused) if (!this.#paused.has(why)) this.#onEvent({ kind: "paused", why });
    this.#paused = new Set(synced.paused);
  }
}
